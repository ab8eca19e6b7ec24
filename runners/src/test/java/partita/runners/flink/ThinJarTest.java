package partita.runners.flink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThinJarTest {
  @TempDir private Path folder;

  private static String classFile(String name) {
    return name.replace('.', '/') + ".class";
  }

  @Test
  void itHasTheClassesOfAllModulesTheirServicesAndNothingElse() throws IOException {
    try (JarFile jar = new JarFile(ThinJar.write(folder).toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      for (String one :
          List.of(
              classFile("partita.schemas.artifact.ArtifactStores"),
              classFile("partita.models.train.Trainer"),
              classFile("partita.transforms.shard.ShardedStage"),
              classFile("partita.pipelines.dag.WorkerGuard"),
              classFile("partita.infra.gcs.GcsProvider"),
              classFile("partita.runners.flink.UnretriedTask"),
              "META-INF/services/partita.schemas.artifact.ArtifactStores$Provider")) {
        assertTrue(names.contains(one), one);
      }
      assertTrue(
          names.stream()
              .allMatch(
                  name ->
                      name.startsWith("partita/") || name.startsWith("META-INF/services/partita.")),
          names::toString);
    }
  }

  @Test
  void theSameClassesMakeTheSameJar() throws IOException {
    byte[] first = Files.readAllBytes(ThinJar.write(folder));
    assertArrayEquals(first, Files.readAllBytes(ThinJar.write(folder)));
  }
}
