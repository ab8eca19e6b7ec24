package partita.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import partita.models.image.Filter;
import partita.models.image.SquareFit;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;

class IdxIngestTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyImageArrivesWithItsLabelInOrderWhereverShardsBegin(boolean gzip) throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 23, 7, gzip);
    Ingested ingested = ingest(raw, options(5, Integer.MAX_VALUE));
    try (TableReader train = ingested.open("train");
        TableReader validation = ingested.open("validation")) {
      assertEquals(23, train.rows());
      assertEquals(7, validation.rows());
      ByteBuffer pixels = ByteBuffer.allocate(2 * 64);
      train.gather(ImageTable.PIXELS, new long[] {0, 22}, pixels);
      assertEquals(0, pixels.get(0));
      assertEquals(22, pixels.get(64));
      ByteBuffer last = ByteBuffer.allocate(64);
      validation.read(ImageTable.PIXELS, 6, 1, last);
      assertEquals(106, last.get(63));
      assertEquals(2, train.longs(ImageTable.LABEL)[22]);
    }
    assertArrayEquals(new long[] {23, 24, 25, 26, 27, 28, 29}, ingested.ids("validation"));
  }

  @Test
  void zippedAndPlainFilesGiveTheSameArtifact() throws Exception {
    Path plain = RawFiles.idx(folder.resolve("plain"), 9, 3, false);
    Path zipped = RawFiles.idx(folder.resolve("zipped"), 9, 3, true);
    assertEquals(
        ingest(plain, options(4, Integer.MAX_VALUE)).digests(),
        ingest(zipped, options(4, Integer.MAX_VALUE)).digests());
  }

  @Test
  void aLimitTakesTheFirstImages() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 23, 7, false);
    Ingested ingested = ingest(raw, options(4, 6));
    assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, ingested.ids("train"));
    assertArrayEquals(new long[] {6, 7, 8, 9, 10, 11}, ingested.ids("validation"));
  }

  @Test
  void labelsOfAnotherPublishedDataSetAreRefused() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 16, 1, true);
    byte[] labels = RawFiles.idxLabels(16);
    byte[] fashion = {9, 0, 0, 3, 0, 2, 7, 2, 5, 5, 0, 9, 5, 5, 7, 9};
    System.arraycopy(fashion, 0, labels, 8, fashion.length);
    RawFiles.write(raw.resolve("train-labels-idx1-ubyte.gz"), labels, true);
    assertEquals(
        "Cannot take %s as mnist: it begins as the labels of fashion-mnist do; name another folder by --data, or set dataset.name=fashion-mnist if it is meant"
            .formatted(raw.resolve("train-labels-idx1-ubyte.gz")),
        assertThrows(DatasetException.class, () -> find("mnist", raw)).getMessage());
    find("fashion-mnist", raw);
    find("mine", raw);
    find("mnist", RawFiles.idx(folder.resolve("short"), 3, 1, false));
  }

  private Ingest find(String name, Path raw) {
    return Datasets.ingest(
        DatasetKind.IDX,
        name,
        DatasetOptions.all(8, 1),
        Optional.of(raw),
        new DatasetLocator(List.of(), folder.resolve("cache")));
  }

  @Test
  void missingFilesAreNamedWithEveryPlaceThatWasSearchedAndTheRemedy() throws Exception {
    Path packages = Files.createDirectories(folder.resolve("packages"));
    Path raw = RawFiles.idx(packages.resolve("fashion-mnist"), 3, 1, true);
    Files.delete(raw.resolve("t10k-labels-idx1-ubyte.gz"));
    DatasetLocator locator = new DatasetLocator(List.of(packages), folder.resolve("cache"));
    DatasetException error =
        assertThrows(
            DatasetException.class,
            () ->
                Datasets.ingest(
                    DatasetKind.IDX,
                    "fashion-mnist",
                    DatasetOptions.all(8, 1),
                    Optional.empty(),
                    locator));
    assertEquals(
        "Cannot find data set fashion-mnist: looked in %s (lacks [t10k-labels-idx1-ubyte]), %s (no such folder); get it with 'apt install dataset-fashion-mnist', or name a folder with the four IDX files (gzipped or not) by --data"
            .formatted(raw, folder.resolve("cache/fashion-mnist")),
        error.getMessage());
  }

  @Test
  void aTruncatedPlainFileIsRefusedBeforeAnythingRuns() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 9, 3, false);
    Path images = raw.resolve("train-images-idx3-ubyte");
    byte[] whole = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(whole, whole.length - 5));
    assertEquals(
        "Cannot read IDX file %s: it has 119 bytes, its header promises 124; fetch it again"
            .formatted(images),
        failure(raw));
  }

  @Test
  void aTruncatedZippedFileIsRefusedWhenItEnds() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 9, 3, true);
    Path images = raw.resolve("train-images-idx3-ubyte.gz");
    RawFiles.write(images, Arrays.copyOf(RawFiles.idxImages(9, 0), 100), true);
    assertEquals(
        "Cannot read IDX file " + images + ": it ends early; fetch it again", failure(raw));
    byte[] zipped = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(zipped, zipped.length - 12));
    assertTrue(failure(raw).contains("fetch it again"));
  }

  @Test
  void aWrongMagicNumberIsNamed() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 9, 3, false);
    Path images = raw.resolve("train-images-idx3-ubyte");
    Files.write(images, RawFiles.idxLabels(9));
    assertEquals(
        "Cannot read IDX file %s: it begins with 00000801, expected 00000803 (unsigned bytes, 3 dimensions); is it the right file?"
            .formatted(images),
        failure(raw));
  }

  @Test
  void imagesAndLabelsOfDifferentNumberAreRefused() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 9, 3, false);
    Path labels = raw.resolve("train-labels-idx1-ubyte");
    Files.write(labels, RawFiles.idxLabels(8));
    assertEquals(
        "Cannot ingest %s: it has 9 images, but %s has 8 labels; fetch both again"
            .formatted(raw.resolve("train-images-idx3-ubyte"), labels),
        failure(raw));
  }

  @Test
  void twoChannelsAreRefusedBeforeAnythingRuns() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 9, 3, false);
    DatasetException error =
        assertThrows(DatasetException.class, () -> ingest(raw, DatasetOptions.all(8, 2)));
    assertEquals(
        "Cannot hold an image of 2 channels: expected 1 (gray) or 3 (red, green, blue)",
        error.getMessage());
  }

  @Test
  void classesAreCountedByTheLabelsThereAre() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 4, 7, true);
    DatasetLocator locator = new DatasetLocator(List.of(), folder);
    assertEquals(
        7,
        Datasets.ingest(
                DatasetKind.IDX, "mnist", DatasetOptions.all(8, 1), Optional.of(raw), locator)
            .classes());
  }

  private DatasetOptions options(int imagesPerShard, int most) {
    return new DatasetOptions(
        8,
        1,
        SquareFit.CROP,
        Filter.BILINEAR,
        most,
        most,
        0.1,
        FolderLabels.FOLDERS,
        OnBadImage.FAIL,
        imagesPerShard);
  }

  private Ingested ingest(Path raw, DatasetOptions options) throws Exception {
    DatasetLocator locator = new DatasetLocator(List.of(), folder.resolve("cache"));
    return Ingested.run(
        Datasets.ingest(DatasetKind.IDX, "mnist", options, Optional.of(raw), locator),
        folder.resolve("store"));
  }

  private String failure(Path raw) {
    return assertThrows(DatasetException.class, () -> ingest(raw, options(4, Integer.MAX_VALUE)))
        .getMessage();
  }
}
