package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests of classes compiled here, so that their sources can change. */
class CodeDigestTest {
  @TempDir private Path folder;
  private final Map<String, String> sources = new HashMap<>();
  private int compiled;

  @BeforeEach
  void writeSources() {
    sources.put(
        "sample/Task.java",
        """
        package sample;
        class Task {
          int run(int x) {
            java.util.function.IntUnaryOperator twice = y -> y * 2;
            return twice.applyAsInt(x) + new Inner().add(x) + Helper.add(x);
          }
          static class Inner { int add(int x) { return x + 10; } }
          static class Unused { int add(int x) { return x + 20; } }
        }
        """);
    sources.put(
        "sample/Helper.java",
        "package sample; class Helper { static int add(int x) { return Deep.add(x); } }");
    sources.put(
        "sample/Deep.java",
        "package sample; class Deep { static int add(int x) { return x + 1; } }");
    sources.put(
        "sample/Other.java",
        "package sample; class Other { static int add(int x) { return x + 2; } }");
  }

  private void edit(String file, String from, String to) {
    String source = sources.get("sample/" + file);
    assertTrue(source.contains(from), source);
    sources.put("sample/" + file, source.replace(from, to));
  }

  /** Compiles all sources to a new folder and digests {@code sample.Task}. */
  private String digest() throws IOException {
    Path root = folder.resolve(Integer.toString(compiled++));
    List<String> arguments = new ArrayList<>(List.of("-g", "-d", root.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = root.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      if (source.getKey().endsWith(".java")) {
        arguments.add(file.toString());
      }
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, failed);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
      return new CodeDigest(loader, "sample/").reachable(List.of("sample.Task"));
    }
  }

  @Test
  void commentsLineNumbersAndLocalNamesDoNotCount() throws IOException {
    String before = digest();
    edit("Task.java", "int run(int x) {", "/** Now explained. */\n\n  int run(int x) {\n  // why");
    edit("Deep.java", "int x) { return x", "int number) { return number");

    assertEquals(before, digest());
  }

  @Test
  void bodyOfAClassReachedThroughAnotherCounts() throws IOException {
    String before = digest();
    edit("Deep.java", "x + 1", "x + 3");

    assertNotEquals(before, digest());
  }

  @Test
  void bodiesOfLambdasAndOfNestedClassesCount() throws IOException {
    String before = digest();
    edit("Task.java", "y * 2", "y * 3");
    String withLambda = digest();
    edit("Task.java", "x + 10", "x + 11");

    assertNotEquals(before, withLambda);
    assertNotEquals(withLambda, digest());
  }

  @Test
  void unrelatedClassesDoNotCount() throws IOException {
    String before = digest();
    edit("Other.java", "x + 2", "x + 4");
    edit("Task.java", "x + 20", "x + 21");
    sources.put("sample/New.java", "package sample; class New {}");

    assertEquals(before, digest());
  }

  @Test
  void neighborNestedInTheSameClassDoesNotCount() throws IOException {
    String before = digest();
    edit("Task.java", "static class Unused", "static class Newcomer {}\n  static class Unused");

    assertEquals(before, digest());
  }

  @Test
  void resourceThatAReachedClassNamesCounts() throws IOException {
    edit("Deep.java", "return x + 1", "return \"ops.py\".length()");
    sources.put("sample/ops.py", "def add(x): return x + 1");
    String before = digest();
    sources.put("sample/ops.py", "def add(x): return x + 2");

    assertNotEquals(before, digest());
  }

  @Test
  void taskOfOursIsDigestedWithTheClassesOfItsValues() {
    Holder first = new Holder(new First());
    Holder second = new Holder(new Second());

    assertEquals(CodeDigest.of(first), CodeDigest.of(new Holder(new First())));
    assertNotEquals(CodeDigest.of(first), CodeDigest.of(second));
  }

  interface Part {}

  record First() implements Part {}

  record Second() implements Part {}

  /** Its field's type does not say which class the value has. */
  record Holder(Part part) implements partita.transforms.shard.ShardTask {
    @Override
    public int shards(partita.transforms.shard.ShardInputs inputs) {
      return 1;
    }

    @Override
    public partita.transforms.shard.ShardResult run(
        int shard, partita.transforms.shard.ShardContext context) {
      return partita.transforms.shard.ShardResult.of();
    }
  }
}
