package partita.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.image.Filter;
import partita.models.image.SquareFit;
import partita.schemas.table.ImageTable;
import partita.schemas.table.SourceTable;
import partita.schemas.table.TableReader;

class FolderIngestTest {
  @TempDir Path folder;
  private Path raw;

  @BeforeEach
  void makeFolder() throws Exception {
    raw = Files.createDirectories(folder.resolve("raw"));
  }

  @Test
  void subfoldersAreClassesInTheOrderOfTheirNames() throws Exception {
    for (int i = 0; i < 20; i++) {
      RawFiles.image(raw.resolve("b/%02d.png".formatted(i)), 0x102030);
      RawFiles.image(raw.resolve("a/%02d.jpg".formatted(i)), 0xFF0000); // a PNG all the same
    }
    Ingested ingested = ingest(OnBadImage.FAIL);
    assertEquals(2, ingested.counts().get("classes"));
    assertEquals(0, ingested.counts().get("images.skipped"));
    try (TableReader train = ingested.open("train");
        TableReader sources = ingested.open("train-sources")) {
      assertEquals(train.rows(), sources.rows());
      long[] ids = train.longs(ImageTable.ID);
      long[] labels = train.longs(ImageTable.LABEL);
      assertArrayEquals(ids, sources.longs(SourceTable.ID));
      for (int row = 0; row < ids.length; row++) {
        boolean a = sources.text(SourceTable.SOURCE, row).startsWith("a/");
        assertEquals(a ? 0 : 1, labels[row]);
        assertEquals(a, ids[row] < 20);
        ByteBuffer pixels = ByteBuffer.allocate(3 * 16);
        train.read(ImageTable.PIXELS, row, 1, pixels);
        assertEquals((byte) (a ? 0xFF : 0x10), pixels.get(0));
        assertEquals((byte) (a ? 0 : 0x30), pixels.get(47));
      }
    }
  }

  @Test
  void eachImageIsInOneSplitAndStaysThereWhenOthersComeAndGo() throws Exception {
    for (int i = 0; i < 40; i++) {
      RawFiles.image(raw.resolve("%02d.png".formatted(i)), i);
    }
    Ingested first = ingest(OnBadImage.FAIL);
    Set<String> validation = sources(first, "validation");
    TreeSet<String> all = new TreeSet<>(sources(first, "train"));
    all.addAll(validation);
    assertEquals(40, all.size());
    all.removeAll(validation);
    Files.delete(raw.resolve(all.first()));
    assertEquals(validation, sources(ingest(OnBadImage.FAIL), "validation"));
    try (TableReader train = first.open("train")) {
      assertEquals(ImageTable.UNLABELED, train.longs(ImageTable.LABEL)[0]);
    }
  }

  @Test
  void trainAndValFoldersAreTheSplits() throws Exception {
    for (String image : List.of("train/x/1", "train/x/2", "train/y/3", "val/x/4", "val/y/5")) {
      RawFiles.image(raw.resolve(image + ".png"), 7);
    }
    Ingested ingested = ingest(OnBadImage.FAIL);
    assertArrayEquals(new long[] {0, 1, 2}, ingested.ids("train"));
    assertArrayEquals(new long[] {3, 4}, ingested.ids("validation"));
    assertEquals(
        List.of("val/x/4.png", "val/y/5.png"), List.copyOf(sources(ingested, "validation")));
    Files.delete(raw.resolve("val/y/5.png"));
    Files.delete(raw.resolve("val/y"));
    RawFiles.image(raw.resolve("val/z/5.png"), 7);
    assertEquals(
        "Cannot label the images of %s: the class folders of %s are not those of %s (it lacks 'y'); make them equal, or take all images without labels (labels: none)"
            .formatted(raw, raw.resolve("val"), raw.resolve("train")),
        failure(OnBadImage.FAIL));
  }

  @Test
  void anUndecodableImageIsNamedOrSkippedAndListed() throws Exception {
    for (int i = 0; i < 30; i++) {
      RawFiles.image(raw.resolve("%02d.png".formatted(i)), i);
    }
    Files.writeString(raw.resolve("17.png"), "broken!!");
    assertEquals(
        "Cannot ingest %s: Cannot decode image: it begins with bytes 62726f6b656e2121, expected PNG, JPEG, GIF or BMP; convert it to one of these; repair or remove it, or leave such images out with --onBadImage=skip"
            .formatted(raw.resolve("17.png")),
        failure(OnBadImage.FAIL));
    Ingested ingested = ingest(OnBadImage.SKIP);
    assertEquals(1, ingested.counts().get("images.skipped"));
    try (TableReader skipped = ingested.open("skipped")) {
      assertEquals(1, skipped.rows());
      assertEquals(17, skipped.longs(SourceTable.ID)[0]);
      assertEquals("17.png", skipped.text(SourceTable.SOURCE, 0));
    }
    assertEquals(29, ingested.ids("train").length + ingested.ids("validation").length);
  }

  @Test
  void oneClassFolderAloneIsRefusedForEveryLabelWouldBeZero() throws Exception {
    RawFiles.image(raw.resolve("only/1.png"), 1);
    RawFiles.image(raw.resolve("only/2.png"), 2);
    assertEquals(
        "Cannot label the images of %s: all 2 are in one class folder, 'only'; name that folder for unlabeled images, or the folder that holds all class folders"
            .formatted(raw),
        failure(OnBadImage.FAIL));
  }

  @Test
  void aFolderOneLevelTooHighIsRefused() throws Exception {
    RawFiles.image(raw.resolve("images/a/1.png"), 1);
    RawFiles.image(raw.resolve("images/b/2.png"), 2);
    String message = failure(OnBadImage.FAIL);
    assertTrue(message.contains("class folder 'images' holds folders ('a')"), message);
    assertTrue(message.contains("name " + raw.resolve("images") + " if"), message);
  }

  @Test
  void anEmptyClassFolderAnEmptyFolderAndAMissingOneAreNamed() throws Exception {
    assertEquals(
        "Cannot read image folder %s: it holds no images".formatted(raw), failure(OnBadImage.FAIL));
    RawFiles.image(raw.resolve("a/1.png"), 1);
    Files.createDirectories(raw.resolve("b"));
    Files.writeString(raw.resolve("b/notes.txt"), "none yet");
    assertEquals(
        "Cannot label the images of %s: class folder 'b' holds no images; fill or remove it"
            .formatted(raw),
        failure(OnBadImage.FAIL));
    raw = folder.resolve("elsewhere");
    assertEquals(
        "Cannot find image folder folder: looked for folder %s; name it by --data".formatted(raw),
        failure(OnBadImage.FAIL));
    raw = Files.writeString(raw, "no folder");
    assertEquals(
        "Cannot read image folder folder: %s is a file, expected a folder of images; name the folder by --data"
            .formatted(raw),
        failure(OnBadImage.FAIL));
  }

  @Test
  void imagesBesideFoldersAreRefused() throws Exception {
    RawFiles.image(raw.resolve("a/1.png"), 1);
    RawFiles.image(raw.resolve("2.png"), 1);
    assertTrue(
        failure(OnBadImage.FAIL).contains("it holds images (2.png) beside folders (a), expected"));
  }

  @Test
  void withoutLabelsImagesAreTakenAtAnyDepth() throws Exception {
    for (int i = 0; i < 12; i++) {
      RawFiles.image(raw.resolve("%d/%d/%d.png".formatted(i % 2, i % 3, i)), i);
    }
    RawFiles.image(raw.resolve(".hidden/x.png"), 0);
    Ingested ingested = ingest(options(OnBadImage.FAIL, FolderLabels.NONE));
    assertEquals(0, ingested.counts().get("classes"));
    assertEquals(12, ingested.ids("train").length + ingested.ids("validation").length);
  }

  @Test
  void aSplitThatWouldBeEmptyIsRefused() throws Exception {
    RawFiles.image(raw.resolve("1.png"), 1);
    assertEquals(
        "Cannot split the 1 images of %s: a validation fraction of 0.3 leaves one split empty; change it, add images, or lay them out in train/ and val/"
            .formatted(raw),
        failure(OnBadImage.FAIL));
  }

  @Test
  void rawFilesAreTheImagesWhoseDigestsEnterTheKey() throws Exception {
    for (int i = 0; i < 20; i++) {
      RawFiles.image(raw.resolve("%02d.png".formatted(i)), i);
    }
    Files.writeString(raw.resolve("readme.md"), "not an image");
    RawData data = plan(options(OnBadImage.FAIL, FolderLabels.FOLDERS)).files().get("images");
    assertEquals(raw, data.path());
    assertEquals(20, data.files().size());
    assertEquals(raw.resolve("00.png"), data.files().get(0));
  }

  private static DatasetOptions options(OnBadImage onBadImage, FolderLabels labels) {
    return new DatasetOptions(
        4, 3, SquareFit.CROP, Filter.BILINEAR, 0, 0, 0.3, labels, onBadImage, 7);
  }

  private Ingest plan(DatasetOptions options) {
    return Datasets.ingest(
        DatasetKind.FOLDER,
        "folder",
        options,
        Optional.of(raw),
        new DatasetLocator(List.of(), folder));
  }

  private Ingested ingest(DatasetOptions options) throws Exception {
    return Ingested.run(plan(options), folder.resolve("store"));
  }

  private Ingested ingest(OnBadImage onBadImage) throws Exception {
    return ingest(options(onBadImage, FolderLabels.FOLDERS));
  }

  private String failure(OnBadImage onBadImage) {
    return assertThrows(DatasetException.class, () -> ingest(onBadImage)).getMessage();
  }

  private static Set<String> sources(Ingested ingested, String role) throws Exception {
    TreeSet<String> names = new TreeSet<>();
    try (TableReader reader = ingested.open(role + "-sources")) {
      for (long row = 0; row < reader.rows(); row++) {
        names.add(reader.text(SourceTable.SOURCE, row));
      }
    }
    return names;
  }
}
