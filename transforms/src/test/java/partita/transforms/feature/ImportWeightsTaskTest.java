package partita.transforms.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.network.ResNetConfig;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.Column;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;
import partita.transforms.train.TestStages;

/** Files of a small ResNet become an artifact that embeds images. */
class ImportWeightsTaskTest {
  /** Where weights.py of module models leaves them. */
  private static final Path FILES = Path.of("../models/src/test/resources/partita/models/weights");

  private static final ResNetConfig SHAPE = new ResNetConfig(List.of(1, 1), 2, 0);
  private static final int IMAGES = 12;

  @TempDir Path root;
  private TestStages stages;
  private Manifest images;

  @BeforeEach
  void makeImages() throws Exception {
    stages = new TestStages(root, 1e9);
    images = stages.images(IMAGES, 4);
  }

  @Test
  void importedNetworkEmbedsGrayImagesAndTheirMirrorImages() throws Exception {
    Manifest features = embed(weights("resnet-classes-zip", 3), "avgpool", 5);
    try (TableReader train = open(features, "train");
        TableReader mirrored = open(features, "train-mirrored")) {
      assertEquals(16, train.schema().column(FeatureTable.FEATURE).elements());
      assertEquals(3, train.schema().column(FeatureTable.LOGITS).elements());
      float[] found = train.floats(FeatureTable.FEATURE);
      assertTrue(Arrays.hashCode(found) != Arrays.hashCode(mirrored.floats(FeatureTable.FEATURE)));
      // Images differ, and so do their features.
      assertTrue(found[0] != found[16], "features of two images");
      assertEquals(4, features.rows("validation"));
    }
  }

  @Test
  void anyNamedLayerEmbedsAndPositionsAreAveraged() throws Exception {
    Manifest weights = weights("resnet-swav-legacy", 0);
    try (TableReader pooled = open(embed(weights, "avgpool", 5), "train");
        TableReader last = open(embed(weights, "layer2", 100), "train");
        TableReader first = open(embed(weights, "conv1", 5), "train")) {
      assertArrayEquals(
          pooled.floats(FeatureTable.FEATURE), last.floats(FeatureTable.FEATURE), "shards too");
      assertEquals(2, first.schema().column(FeatureTable.FEATURE).elements());
      assertEquals(
          List.of(FeatureTable.ID, FeatureTable.FEATURE),
          first.schema().columns().stream().map(Column::name).toList());
    }
  }

  @Test
  void layerThatIsNotThereIsAnsweredWithThoseThatAre() throws Exception {
    Manifest weights = weights("resnet-swav-legacy", 0);
    String message =
        assertThrows(IllegalArgumentException.class, () -> embed(weights, "fc", 5)).getMessage();
    assertEquals(
        "Cannot embed by layer 'fc': the network has [conv1, maxpool, layer1.0, layer1, layer2.0,"
            + " layer2, avgpool]",
        message);
  }

  @Test
  void fileThatWasDamagedSinceItWasLookedAtIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(FILES.resolve("resnet-classes-zip.pth"));
    // The elements of the first convolution follow the name of their entry.
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("/data/0") + 400] ^= 1;
    Path damaged = Files.write(root.resolve("damaged.pth"), bytes);
    String message = assertThrows(IOException.class, () -> weights(damaged, 3)).getMessage();
    assertTrue(message.startsWith("Cannot read weights " + damaged), message);
  }

  @Test
  void weightThatIsNotANumberIsRefusedByItsName() throws Exception {
    Path broken = root.resolve("broken.pth");
    copyWithoutNumbers(FILES.resolve("resnet-classes-zip.pth"), broken);
    String message = assertThrows(IOException.class, () -> weights(broken, 3)).getMessage();
    assertEquals(
        "Cannot use weights %s: value 0 of conv1.weight is NaN, expected finite numbers; get the file again"
            .formatted(broken),
        message);
  }

  /** The same archive with NaN for every element of its first tensor. */
  private static void copyWithoutNumbers(Path from, Path to) throws IOException {
    try (ZipFile archive = new ZipFile(from.toFile());
        ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry : Collections.list(archive.entries())) {
        byte[] content = archive.getInputStream(entry).readAllBytes();
        if (entry.getName().endsWith("/data/0")) {
          FloatBuffer floats =
              ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
          while (floats.hasRemaining()) {
            floats.put(Float.NaN);
          }
        }
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(content.length);
        stored.setCrc(checksum.getValue());
        copy.putNextEntry(stored);
        copy.write(content);
      }
    }
  }

  private Manifest weights(String name, int classes) throws Exception {
    return weights(FILES.resolve(name + ".pth"), classes);
  }

  private Manifest weights(Path file, int classes) throws Exception {
    return stages.run(
        "weights",
        new ImportWeightsTask(SHAPE.withClasses(classes)),
        1,
        Map.of(),
        Map.of(ImportWeightsTask.FILE, file.toString()));
  }

  private Manifest embed(Manifest weights, String layer, int rowsPerShard) throws Exception {
    return stages.run(
        "features " + layer,
        new EmbedTask(layer, List.of("train", "validation"), List.of("train"), rowsPerShard, 5),
        1,
        Map.of(EmbedTask.IMAGES, images, EmbedTask.NETWORK, weights));
  }

  private TableReader open(Manifest features, String role) throws IOException {
    return TableReader.open(stages.store(), features, role);
  }
}
