package partita.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.image.Preparation;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;

class CifarIngestTest {
  @TempDir Path folder;

  @Test
  void shardsRunAcrossTheEdgesOfBatches() throws Exception {
    Path raw = RawFiles.cifar(folder.resolve("raw/cifar-10-batches-bin")).getParent();
    Ingested ingested = ingest(raw, 3);
    try (TableReader train = ingested.open("train")) {
      assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, train.longs(ImageTable.LABEL));
      for (int i = 0; i < 10; i++) {
        ByteBuffer pixels = ByteBuffer.allocate(3072);
        train.read(ImageTable.PIXELS, i, 1, pixels);
        assertEquals((byte) (20 * i), pixels.get(3071));
      }
    }
    assertArrayEquals(new long[] {10, 11}, ingested.ids("validation"));
  }

  @Test
  void aBatchThatIsNoWholeNumberOfRecordsIsRefused() throws Exception {
    Path raw = RawFiles.cifar(folder.resolve("raw"));
    Path batch = raw.resolve("data_batch_4.bin");
    Files.write(batch, new byte[5000]);
    DatasetException error = assertThrows(DatasetException.class, () -> ingest(raw, 3));
    assertEquals(
        "Cannot read CIFAR-10 batch %s: it has 5000 bytes, expected a multiple of 3073; fetch the binary version again"
            .formatted(batch),
        error.getMessage());
  }

  @Test
  void aLabelBeyondTheClassesIsNamed() throws Exception {
    Path raw = RawFiles.cifar(folder.resolve("raw"));
    byte[] batch = new byte[2 * 3073];
    batch[3073] = 44;
    Files.write(raw.resolve("test_batch.bin"), batch);
    DatasetException error = assertThrows(DatasetException.class, () -> ingest(raw, 20));
    assertEquals(
        "Cannot read CIFAR-10 batch %s: record 1 has label 44, expected 0 to 9; is it the binary version?"
            .formatted(raw.resolve("test_batch.bin")),
        error.getMessage());
  }

  private Ingested ingest(Path raw, int imagesPerShard) throws Exception {
    Ingest named =
        Datasets.ingest(
            DatasetKind.CIFAR10,
            "cifar-10",
            DatasetOptions.all(32, 3),
            Optional.of(raw),
            new DatasetLocator(List.of(), folder.resolve("cache")));
    IngestTask task =
        new CifarIngest(
            Preparation.icGan(32, 3), Integer.MAX_VALUE, Integer.MAX_VALUE, imagesPerShard);
    return Ingested.run(new Ingest(task, named.files(), 10), folder.resolve("store"));
  }
}
