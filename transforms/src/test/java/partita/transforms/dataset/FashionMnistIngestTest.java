package partita.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.image.Preparation;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;

class FashionMnistIngestTest {
  @TempDir Path root;

  @Test
  void all70000ImagesAreIngestedAtARateOf5000ASecond() throws Exception {
    Map<String, String> files =
        Datasets.idxFiles("fashion-mnist", Optional.empty(), DatasetLocator.system(root));
    IdxIngest task =
        new IdxIngest(Preparation.icGan(32, 1), Integer.MAX_VALUE, Integer.MAX_VALUE, 4096);
    long start = System.nanoTime();
    Ingested ingested = Ingested.run(task, files, root.resolve("store"));
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.println("rate " + 70000 / seconds);
    try (TableReader train = ingested.open("train");
        TableReader validation = ingested.open("validation")) {
      assertEquals(60_000, train.rows());
      assertEquals(10_000, validation.rows());
      long[] labels = train.longs(ImageTable.LABEL);
      assertEquals(9, labels[0]);
      assertEquals(59_999, train.longs(ImageTable.ID)[59_999]);
      assertEquals(60_000, validation.longs(ImageTable.ID)[0]);
    }
    assertTrue(70_000 / seconds > 5000);
    Ingested sprites =
        Ingested.run(new SpriteIngest(32, 5000, 1000, 1024), Map.of(), root.resolve("store2"));
    System.out.println(sprites.files("train").size() + " " + (System.nanoTime() - start) * 1e-9);
  }
}
