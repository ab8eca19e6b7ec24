package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/** Random graphs, and what one change in them does to the keys. */
class StageKeysTest {
  private static final int GRAPHS = 40;
  private static final int STAGES = 12;

  @TempDir private Path folder;
  private ArtifactStore store;

  @BeforeEach
  void openEmptyStore() throws IOException {
    store = ArtifactStores.open(folder.resolve("artifacts").toString());
  }

  @Test
  void anySingleChangeOfAStageChangesItsKeyAndThoseOfItsDependentsAndNoOther() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < GRAPHS; i++) {
      Drawing before = Drawing.random(random, folder);
      Map<String, String> keys = keys(before, Set.of());
      assertEquals(keys, keys(before, Set.of()), "the same graph again");
      for (Change change : Change.values()) {
        int changed = random.nextInt(STAGES);
        Drawing after = before.copy();
        change.make(after, changed, random);

        assertEquals(
            before.from(changed), differing(keys, keys(after, Set.of())), change + " in " + before);
      }
    }
  }

  @Test
  void forcingAStageChangesItsKeyAndThoseOfItsDependentsAndNoOther() throws IOException {
    Random random = new Random(2);
    for (int i = 0; i < GRAPHS; i++) {
      Drawing drawing = Drawing.random(random, folder);
      int forced = random.nextInt(STAGES);

      assertEquals(
          drawing.from(forced),
          differing(keys(drawing, Set.of()), keys(drawing, Set.of(name(forced)))));
    }
  }

  @Test
  void contentOfARawInputCountsAndItsPathDoesNot() throws IOException {
    Drawing drawing = Drawing.random(new Random(3), folder);
    drawing.files.set(4, Optional.of(Files.writeString(folder.resolve("first"), "numbers")));
    Map<String, String> before = keys(drawing, Set.of());

    drawing.files.set(4, Optional.of(Files.writeString(folder.resolve("moved"), "numbers")));
    assertEquals(Set.of(), differing(before, keys(drawing, Set.of())));

    drawing.files.set(4, Optional.of(Files.writeString(folder.resolve("changed"), "numbers!")));
    assertEquals(drawing.from(4), differing(before, keys(drawing, Set.of())));
  }

  @Test
  void stageThatNobodyReadsChangesNoKeyWhenItIsAdded() throws IOException {
    Drawing drawing = Drawing.random(new Random(4), folder);
    Map<String, String> before = keys(drawing, Set.of());
    List<Stage> more = new ArrayList<>(drawing.stages());
    more.add(Stage.of("aside", Settings.random(new Random(5)), 1, Map.of()));

    Map<String, String> after = keys(StageGraph.of("toy", more), Set.of());

    after.remove("aside");
    assertEquals(before, after);
  }

  @Test
  void experimentAndOrderOfStagesDoNotCount() throws IOException {
    List<Stage> stages = new ArrayList<>(Drawing.random(new Random(6), folder).stages());
    Map<String, String> before = keys(StageGraph.of("toy", stages), Set.of());
    Collections.reverse(stages);

    assertEquals(before, keys(StageGraph.of("another", stages), Set.of()));
  }

  @Test
  void bodyOfTheCodeCountsAndCommentsDoNot() throws Exception {
    String key = keyOfCompiled("return 1;");
    assertEquals(key, keyOfCompiled("// one\n return 1;"));
    assertNotEquals(key, keyOfCompiled("return 2;"));
  }

  /** Key of a stage whose task is compiled here, so that its code can change. */
  private String keyOfCompiled(String body) throws Exception {
    Path root = Files.createTempDirectory(folder, "classes");
    Path source =
        Files.writeString(
            root.resolve("Compiled.java"),
            """
            package partita.pipelines.dag;
            import partita.transforms.shard.*;
            public record Compiled(int size) implements ShardTask {
              public int shards(ShardInputs inputs) { %s
              }
              public ShardResult run(int shard, ShardContext context) { return ShardResult.of(); }
              public boolean numeric() { return false; }
            }
            """
                .formatted(body));
    String classPath = System.getProperty("java.class.path");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", root.toString(), source.toString());
    assertEquals(0, failed);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {root.toUri().toURL()}, StageKeysTest.class.getClassLoader())) {
      ShardTask task =
          (ShardTask)
              loader
                  .loadClass("partita.pipelines.dag.Compiled")
                  .getConstructor(int.class)
                  .newInstance(1);
      StageGraph graph = StageGraph.of("toy", List.of(Stage.of("only", task, 1, Map.of())));
      return keys(graph, Set.of()).get("only");
    }
  }

  @Test
  void threadsOfANumericStageCountForItsDependents() throws IOException {
    Stage data = Stage.of("data", Settings.random(new Random(7)), 1, Map.of());
    Stage trained = Stage.of("trained", new Toys.Trained(true), 1, Map.of("data", data));
    Stage scored =
        Stage.of("scored", Settings.random(new Random(8)), 1, Map.of("trained", trained));
    StageGraph graph = StageGraph.of("toy", List.of(scored));

    assertEquals(
        Set.of("trained", "scored"),
        differing(
            keys(graph, Toys.CPU, Set.of()), keys(graph, new Execution("cpu", 2, 60), Set.of())));
  }

  private Map<String, String> keys(Drawing drawing, Set<String> anew) throws IOException {
    return keys(StageGraph.of("toy", drawing.stages()), anew);
  }

  private Map<String, String> keys(StageGraph graph, Set<String> anew) throws IOException {
    return keys(graph, Toys.CPU, anew);
  }

  private Map<String, String> keys(StageGraph graph, Execution execution, Set<String> anew)
      throws IOException {
    StageKeys keys = StageKeys.of(graph, store, execution, new RawDigests(store, false), anew);
    Map<String, String> recipes = new TreeMap<>();
    graph.stages().forEach(stage -> recipes.put(stage.name(), keys.recipe(stage)));
    return recipes;
  }

  private static Set<String> differing(Map<String, String> before, Map<String, String> after) {
    assertEquals(before.keySet(), after.keySet());
    Set<String> names = new TreeSet<>();
    before.forEach(
        (name, key) -> {
          if (!key.equals(after.get(name))) {
            names.add(name);
          }
        });
    return names;
  }

  private static String name(int stage) {
    return "stage@" + stage;
  }

  /** One difference between two graphs. */
  private enum Change {
    TEXT {
      @Override
      Settings of(Settings old, Random random) {
        return old.with(old.words.get(0) + "x", old.count, old.rate, old.part);
      }
    },
    INTEGER {
      @Override
      Settings of(Settings old, Random random) {
        return old.with(old.words.get(0), old.count + 1, old.rate, old.part);
      }
    },
    /** Where one word ends and the next begins. */
    BOUNDARY {
      @Override
      Settings of(Settings old, Random random) {
        String first = old.words.get(0);
        List<String> words = List.of(first.substring(0, 1), first.substring(1) + old.words.get(1));
        return new Settings(words, old.count, old.rate, old.maybe, old.weights, old.part);
      }
    },
    LAST_BIT_OF_A_NUMBER {
      @Override
      Settings of(Settings old, Random random) {
        return old.with(old.words.get(0), old.count, Math.nextUp(old.rate), old.part);
      }
    },
    ABSENCE {
      @Override
      Settings of(Settings old, Random random) {
        Optional<Integer> maybe = old.maybe.isPresent() ? Optional.empty() : Optional.of(0);
        return new Settings(old.words, old.count, old.rate, maybe, old.weights, old.part);
      }
    },
    ENTRY_OF_A_MAP {
      @Override
      Settings of(Settings old, Random random) {
        Map<String, Double> weights = new HashMap<>(old.weights);
        weights.put("another", 0.0);
        return new Settings(old.words, old.count, old.rate, old.maybe, weights, old.part);
      }
    },
    /** Another class behind the same numbers. */
    KIND_OF_A_PART {
      @Override
      Settings of(Settings old, Random random) {
        Part part = old.part instanceof First ? new Second(1) : new First(1);
        return old.with(old.words.get(0), old.count, old.rate, part);
      }
    },
    SEED {
      @Override
      void make(Drawing drawing, int stage, Random random) {
        drawing.seeds.set(stage, drawing.seeds.get(stage) + 1);
      }
    },
    INPUT_UNDER_ANOTHER_NAME {
      @Override
      void make(Drawing drawing, int stage, Random random) {
        drawing.prefixes.set(stage, "other");
        if (drawing.reads.get(stage).isEmpty()) {
          drawing.seeds.set(stage, -1L); // it reads nothing, so something else of it changes
        }
      }
    };

    /** The same settings but for one. */
    Settings of(Settings old, Random random) {
      return old;
    }

    void make(Drawing drawing, int stage, Random random) {
      drawing.settings.set(stage, of(drawing.settings.get(stage), random));
    }
  }

  /** A graph as lists, a stage each; a stage reads some of those before it. */
  private record Drawing(
      List<Settings> settings,
      List<Long> seeds,
      List<Set<Integer>> reads,
      List<String> prefixes,
      List<Optional<Path>> files) {

    static Drawing random(Random random, Path folder) throws IOException {
      Drawing drawing = new Drawing(list(), list(), list(), list(), list());
      Path raw = Files.writeString(folder.resolve("raw"), "raw");
      for (int i = 0; i < STAGES; i++) {
        drawing.settings.add(Settings.random(random));
        drawing.seeds.add((long) random.nextInt(3));
        drawing.prefixes.add("input");
        drawing.files.add(random.nextInt(3) == 0 ? Optional.of(raw) : Optional.empty());
        Set<Integer> reads = new TreeSet<>();
        for (int j = 0; j < i; j++) {
          if (random.nextInt(3) == 0) {
            reads.add(j);
          }
        }
        drawing.reads.add(reads);
      }
      return drawing;
    }

    private static <T> List<T> list() {
      return new ArrayList<>();
    }

    Drawing copy() {
      return new Drawing(
          new ArrayList<>(settings),
          new ArrayList<>(seeds),
          new ArrayList<>(reads),
          new ArrayList<>(prefixes),
          new ArrayList<>(files));
    }

    List<Stage> stages() {
      List<Stage> stages = new ArrayList<>();
      for (int i = 0; i < STAGES; i++) {
        Map<String, Stage> inputs = new HashMap<>();
        for (int read : reads.get(i)) {
          inputs.put(prefixes.get(i) + read, stages.get(read));
        }
        Map<String, RawInput> raw = new HashMap<>();
        files.get(i).ifPresent(file -> raw.put("file", RawInput.of(file)));
        stages.add(new Stage(name(i), settings.get(i), seeds.get(i), inputs, raw));
      }
      return stages;
    }

    /** A stage and all that read it, directly or not. */
    Set<String> from(int first) {
      Set<Integer> reached = new TreeSet<>(Set.of(first));
      for (int i = first + 1; i < STAGES; i++) {
        if (reads.get(i).stream().anyMatch(reached::contains)) {
          reached.add(i);
        }
      }
      Set<String> names = new TreeSet<>();
      reached.forEach(stage -> names.add(name(stage)));
      return names;
    }
  }

  interface Part {}

  record First(int size) implements Part {}

  record Second(int size) implements Part {}

  /** A task with parameters of every kind. */
  record Settings(
      List<String> words,
      int count,
      double rate,
      Optional<Integer> maybe,
      Map<String, Double> weights,
      Part part)
      implements ShardTask {

    static Settings random(Random random) {
      return new Settings(
          List.of("ab" + random.nextInt(9), "c" + random.nextInt(9)),
          random.nextInt(9),
          random.nextDouble(),
          random.nextBoolean() ? Optional.of(random.nextInt(9)) : Optional.empty(),
          Map.of("a", random.nextDouble(), "b", random.nextDouble()),
          random.nextBoolean() ? new First(1) : new Second(1));
    }

    Settings with(String first, int newCount, double newRate, Part newPart) {
      return new Settings(List.of(first, words.get(1)), newCount, newRate, maybe, weights, newPart);
    }

    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) {
      return ShardResult.of();
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }
}
