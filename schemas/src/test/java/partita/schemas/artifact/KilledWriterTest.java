package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is writing to a store is killed as {@code kill -9} does. */
class KilledWriterTest {
  private static final int BYTES = 300_000;

  @TempDir Path folder;

  @Test
  void whatAKilledWriterLeavesIsWholeOrGone() throws Exception {
    for (int commits : new int[] {2, 15}) {
      kill(commits);
      ArtifactStore store = ArtifactStores.open(folder.toString());
      try (Stream<Path> blobs = Files.walk(folder.resolve("blobs"))) {
        for (Path blob : blobs.filter(Files::isRegularFile).toList()) {
          assertEquals(blob.getFileName().toString(), Sha256.of(blob));
        }
      }
      assertTrue(store.manifests().size() >= commits);
      for (Manifest manifest : store.manifests()) {
        assertEquals(manifest, store.find(manifest.actionKey()).orElseThrow());
      }
      for (String name : store.work("action").list("")) {
        assertEquals(BYTES, store.work("action").read(name).orElseThrow().length);
      }
      try (Stream<Path> temporary = Files.list(folder.resolve("tmp"))) {
        assertFalse(
            temporary.anyMatch(left -> !left.getFileName().toString().equals(own())),
            "the opening removes what the killed process left");
      }
    }
  }

  private static String own() {
    return TemporaryFiles.PROCESS;
  }

  private void kill(int commits) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                Integer.toString(commits))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    InputStream said = writer.getInputStream();
    for (int i = 0; i < commits; i++) {
      assertEquals('c', said.read());
    }
    writer.destroyForcibly();
    assertTrue(writer.waitFor(10, TimeUnit.SECONDS));
  }

  /** Commits artifacts without end and says {@code c} after each. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      ArtifactStore store = ArtifactStores.open(args[0]);
      byte[] content = new byte[BYTES];
      for (int i = 0; ; i++) {
        Arrays.fill(content, (byte) i);
        content[0] = Byte.parseByte(args[1]);
        store.work("action").write("receipts/" + i % 3, content);
        Path file = store.temporary().resolve("file");
        FileEntry entry = store.addBlob(Files.write(file, content), "a/" + i, 0, "", List.of());
        store.commit(Artifacts.manifest("action" + args[1] + "-" + i, "run", entry));
        System.out.print('c');
        System.out.flush();
      }
    }
  }
}
