package partita.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.synthetic.SpritePainter;
import partita.models.synthetic.SpriteScene;
import partita.schemas.table.ImageTable;
import partita.schemas.table.PointTable;
import partita.schemas.table.TableReader;

class GeneratedIngestTest {
  @TempDir Path folder;

  @Test
  void spritesArriveWithMapsAndTrueAttributes() throws Exception {
    Ingested ingested = run(new SpriteIngest(32, 10, 4, 4));
    try (TableReader validation = ingested.open("validation")) {
      assertEquals(4, validation.rows());
      SpriteScene scene = SpriteScene.of(1, 12);
      SpritePainter.Painting painting = SpritePainter.paint(scene, 32);
      assertEquals(12, validation.longs(ImageTable.ID)[2]);
      assertEquals(scene.label(), validation.longs(ImageTable.LABEL)[2]);
      ByteBuffer pixels = ByteBuffer.allocate(3 * 1024);
      validation.read(ImageTable.PIXELS, 2, 1, pixels);
      assertArrayEquals(painting.pixels(), pixels.array());
      ByteBuffer map = ByteBuffer.allocate(4 * 1024).order(ByteOrder.LITTLE_ENDIAN);
      validation.read(ImageTable.INSTANCES, 2, 1, map);
      int[] instances = new int[1024];
      map.flip().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(instances);
      assertArrayEquals(painting.instance(), instances);
      float[] attributes = validation.floats(ImageTable.ATTRIBUTES);
      assertEquals(scene.attributes()[3], attributes[2 * SpriteScene.ATTRIBUTES.size() + 3]);
    }
  }

  @Test
  void rowsDoNotDependOnTheSizeOfShards() throws Exception {
    Ingested small = run(new PointIngest(PointMixture.GRID, 90, 10, 7));
    Ingested large = run(new PointIngest(PointMixture.GRID, 90, 10, 1000));
    try (TableReader one = small.open("train");
        TableReader other = large.open("train")) {
      assertEquals(90, one.rows());
      assertArrayEquals(one.floats(PointTable.POINT), other.floats(PointTable.POINT));
      assertArrayEquals(one.longs(PointTable.LABEL), other.longs(PointTable.LABEL));
    }
  }

  @Test
  void aGeneratorKnowsItsClassesAndReadsNoFiles() {
    assertEquals(10, generated(DatasetKind.SPRITES, Optional.empty()).classes());
    assertTrue(generated(DatasetKind.SPRITES, Optional.empty()).files().isEmpty());
  }

  @Test
  void generatedDataHasAnEndAndNoFolder() {
    DatasetException endless =
        assertThrows(
            DatasetException.class,
            () ->
                Datasets.ingest(
                    DatasetKind.SPRITES,
                    "sprites",
                    DatasetOptions.all(32, 3),
                    Optional.empty(),
                    new DatasetLocator(List.of(), folder)));
    assertEquals(
        "Cannot generate all of data set sprites: it has no end; set train and validation",
        endless.getMessage());
    DatasetException misplaced =
        assertThrows(
            DatasetException.class, () -> generated(DatasetKind.SPRITES, Optional.of(folder)));
    assertTrue(misplaced.getMessage().contains("it is generated; leave out --data"));
  }

  @Test
  void moreScenesThanInstanceIdsAreRefused() {
    DatasetException error =
        assertThrows(DatasetException.class, () -> new SpriteIngest(32, 600_000_000, 1, 1));
    assertEquals(
        "Cannot draw 600000001 scenes: instance ids allow at most 536870911", error.getMessage());
  }

  private Ingest generated(DatasetKind kind, Optional<Path> data) {
    return Datasets.ingest(
        kind,
        "sprites",
        DatasetOptions.sized(32, 3, 10, 10),
        data,
        new DatasetLocator(List.of(), folder));
  }

  private Ingested run(IngestTask task) throws Exception {
    return Ingested.run(new Ingest(task, new TreeMap<>(), 0), folder.resolve("store"));
  }
}
