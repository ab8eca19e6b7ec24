package partita.pipelines.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.BadInputException;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.ImageTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.SourceTable;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.schemas.table.WeightsTable;
import partita.transforms.train.StateTable;

class ArtifactExportTest {
  private static final String KEY = "0123456789abcdef".repeat(4);

  @TempDir Path folder;
  private ArtifactStore store;

  @BeforeEach
  void openStore() throws IOException {
    store = ArtifactStores.open(folder.resolve("store").toString());
  }

  @Test
  void weightsOfOneNetworkBecomeOneFileWithTheNamesOfItsArrays() throws IOException {
    Manifest artifact =
        artifact(
            weights(
                "weights",
                tensor(TensorRole.PARAMETER, "resnet/fc.weight"),
                tensor(TensorRole.BUFFER, "resnet/bn1.running_mean")));
    Path file = folder.resolve("out.safetensors");
    ExportOutcome outcome = new ArtifactExport(store, artifact, "").write(file);
    assertEquals(
        List.of(new ExportOutcome.Written("weights", file.toString(), 2)), outcome.written());
    assertEquals(Set.of("fc.weight", "bn1.running_mean"), names(file));
    try (WeightFile read = WeightFile.open(file)) {
      assertEquals(1.5f, read.tensors().get("fc.weight").floats().getFloat(4));
    }
  }

  @Test
  void aWholeStateKeepsNetworksAndRolesApart() throws IOException {
    Manifest artifact =
        artifact(
            weights(
                "state",
                tensor(TensorRole.PARAMETER, "generator/w"),
                tensor(TensorRole.AVERAGE, "generator/w"),
                tensor(TensorRole.PARAMETER, "discriminator/w")),
            weights("generator", tensor(TensorRole.AVERAGE, "generator/w")));
    Path out = folder.resolve("out");
    new ArtifactExport(store, artifact, "").write(out);
    assertEquals(
        Set.of("generator/w", "average/generator/w", "discriminator/w"),
        names(out.resolve("state.safetensors")));
    assertEquals(Set.of("w"), names(out.resolve("generator.safetensors")));
    assertRefused(
        "it has weights in the roles [generator, state]; name a folder",
        artifact,
        folder.resolve("one.safetensors"));
  }

  @Test
  void imagesAreNamedByTheirIdsAndNeverByTheirSources() throws IOException {
    byte[] colors = {10, 20, 30, 40, 50, (byte) 200, 1, 2, 3, 4, 5, 6};
    FileEntry images;
    try (TableWriter writer = writer("train", ImageTable.schema(3, 1, 2))) {
      writer.append(2, new long[] {7, 12}, new int[] {3, -1}, colors);
      images = writer.commit();
    }
    FileEntry sources;
    try (TableWriter writer = writer("sources", SourceTable.schema())) {
      writer.append(2, new long[] {7, 12}, List.of("../../evil.png", "b.png"));
      sources = writer.commit();
    }
    Path out = folder.resolve("out");
    ExportOutcome outcome = new ArtifactExport(store, artifact(images, sources), "").write(out);
    assertEquals(List.of("sources"), outcome.leftOut());
    assertEquals(
        "file,id,label\n00000007.png,7,3\n00000012.png,12,-1\n",
        Files.readString(out.resolve("train.csv")));
    BufferedImage first = ImageIO.read(out.resolve("train/00000007.png").toFile());
    assertEquals(0xFF0A1E32, first.getRGB(0, 0));
    assertEquals(0xFF1428C8, first.getRGB(1, 0));
    try (Stream<Path> files = Files.walk(folder)) {
      assertFalse(files.anyMatch(file -> file.endsWith("evil.png")));
    }
  }

  @Test
  void graySamplesComeWithTheirInstances() throws IOException {
    FileEntry samples;
    try (TableWriter writer = writer("samples", SampleTable.schema(1, 1, 1, 2))) {
      writer.append(
          1, new long[] {0}, new long[] {55}, new int[] {2}, new float[] {0}, new byte[] {0, -1});
      samples = writer.commit();
    }
    Path out = Files.createDirectory(folder.resolve("empty"));
    new ArtifactExport(store, artifact(samples), "").write(out);
    assertEquals(
        "file,id,label,instance\n00000000.png,0,2,55\n",
        Files.readString(out.resolve("samples.csv")));
    BufferedImage image = ImageIO.read(out.resolve("samples/00000000.png").toFile());
    assertEquals(0, image.getRaster().getSample(0, 0, 0));
    assertEquals(255, image.getRaster().getSample(1, 0, 0));
  }

  @Test
  void nothingIsOverwrittenAndNothingIsLeftOfWhatFailed() throws IOException {
    Manifest artifact = artifact(weights("weights", tensor(TensorRole.PARAMETER, "resnet/w")));
    Path full = Files.createDirectory(folder.resolve("full"));
    Files.writeString(full.resolve("mine.txt"), "mine");
    assertRefused("the folder is not empty, and nothing is overwritten", artifact, full);
    Path file = Files.writeString(folder.resolve("mine.safetensors"), "mine");
    assertRefused("it exists, and nothing is overwritten", artifact, file);
    assertEquals("mine", Files.readString(file));
    assertRefused("in a folder that exists", artifact, folder.resolve("absent/out"));

    FileEntry sources;
    try (TableWriter writer = writer("sources", SourceTable.schema())) {
      writer.append(1, new long[] {7}, List.of("b.png"));
      sources = writer.commit();
    }
    assertRefused(
        "it has {sources=sources}, expected weights", artifact(sources), folder.resolve("x"));
    FileEntry twice;
    try (TableWriter writer = writer("train", ImageTable.schema(1, 1, 1))) {
      writer.append(2, new long[] {7, 7}, new int[] {0, 0}, new byte[] {1, 2});
      twice = writer.commit();
    }
    Manifest damaged = artifact(twice);
    assertThrows(
        IOException.class,
        () -> new ArtifactExport(store, damaged, "").write(folder.resolve("failed")));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          Set.of("store", "full", "mine.safetensors"),
          left.map(path -> path.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  @Test
  void artifactsAreFoundByTheBeginningOfTheirKeyAndOneRoleIsEnough() throws IOException {
    store.commit(
        artifact(
            weights("weights", tensor(TensorRole.PARAMETER, "resnet/w")),
            weights("others", tensor(TensorRole.PARAMETER, "resnet/w"))));
    ExportOutcome outcome =
        ArtifactExport.of(store, KEY.substring(0, 8) + ":others").write(folder.resolve("one"));
    assertEquals(
        List.of("others"), outcome.written().stream().map(ExportOutcome.Written::role).toList());
    assertTrue(refusal("fedcba98").contains("0 artifacts"));
    assertTrue(refusal("train@5").contains("expected experiment:stage"));
  }

  private String refusal(String name) {
    return assertThrows(BadInputException.class, () -> ArtifactExport.of(store, name)).getMessage();
  }

  private void assertRefused(String reason, Manifest artifact, Path target) {
    String message =
        assertThrows(
                BadInputException.class,
                () -> new ArtifactExport(store, artifact, "").write(target))
            .getMessage();
    assertTrue(message.contains(reason), message);
  }

  private static Set<String> names(Path file) throws IOException {
    try (WeightFile read = WeightFile.open(file)) {
      return read.tensors().keySet();
    }
  }

  private static NamedTensor tensor(TensorRole role, String name) {
    ByteBuffer values = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(4, 1.5f);
    return new NamedTensor(role, name, DataType.FLOAT32, List.of(2L), values::duplicate);
  }

  private FileEntry weights(String role, NamedTensor... tensors) throws IOException {
    try (TableWriter writer = writer(role, WeightsTable.schema())) {
      StateTable.write(writer, List.of(tensors));
      return writer.commit();
    }
  }

  private TableWriter writer(String role, TableSchema schema) throws IOException {
    boolean weights = schema.name().equals(WeightsTable.NAME);
    return TableWriter.create(store, role + "/00000.arrow", schema, weights ? 1 : 16);
  }

  private static Manifest artifact(FileEntry... files) {
    return new Manifest(
        ArtifactStore.STORE_VERSION,
        "stage",
        KEY,
        KEY,
        new TreeMap<>(),
        1,
        "code",
        "none",
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        List.of(files),
        new TreeMap<>(),
        new Manifest.Provenance("run", "2026-01-01T00:00:00Z", 1, "none"));
  }
}
