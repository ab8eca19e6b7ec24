package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.pipelines.score.ScoredSet.Content;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.Column;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.transforms.dataset.DatasetException;
import partita.transforms.dataset.ImageSet;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.dataset.IngestTask;
import partita.transforms.row.TableRows;
import partita.transforms.score.AdoptTask;
import partita.transforms.score.FeatureFile;
import partita.transforms.score.FiniteRows;
import partita.transforms.score.ImportFeaturesTask;

/**
 * Finds what the user names as a side, and looks at it before anything runs: sizes and kinds of
 * images by the heads of their files, features number by number.
 */
final class ScoredSets {
  private static final int IMAGES_PER_SHARD = 1024;
  private static final int FEWEST = 2;

  private final ArtifactStore store;
  private final Optional<Integer> resize;

  ScoredSets(ArtifactStore store, Optional<Integer> resize) {
    this.store = store;
    this.resize = resize;
  }

  /**
   * The sets that a text names: one folder, file or artifact, or the artifacts of all sampling
   * seeds.
   *
   * @param side {@code real} or {@code generated}
   * @param first number of the first, when the side may have several
   * @throws BadInputException when it is none of these or cannot be scored
   */
  List<ScoredSet> find(String given, String side, int first) throws IOException {
    try {
      Path path = Path.of(given);
      if (Files.isDirectory(path)) {
        return List.of(folder(given, path, name(side, first)));
      } else if (Files.exists(path)) {
        return List.of(features(given, path, name(side, first)));
      }
    } catch (InvalidPathException notAPath) {
      // a text that the file system cannot hold may still name an artifact
    } catch (DatasetException e) {
      throw new BadInputException(e.getMessage(), e);
    }
    List<ArtifactRole> artifacts = ArtifactRole.find(given, store);
    return java.util.stream.IntStream.range(0, artifacts.size())
        .mapToObj(i -> adopted(given, artifacts.get(i), name(side, first + i)))
        .toList();
  }

  private static String name(String side, int number) {
    return side.equals("real") ? side : side + "." + number;
  }

  private ScoredSet folder(String given, Path path, String name) {
    ImageSet images = ImageSet.of(path, resize);
    requireEnough(given, images.files().size(), "image");
    Stage stage =
        new Stage(
            "images@" + name,
            new ImageSetIngest(images.height(), images.width(), images.resized(), IMAGES_PER_SHARD),
            0,
            Map.of(),
            Map.of(ImageSetIngest.IMAGES, new RawInput(path, images.files())));
    return new ScoredSet(
        given,
        stage,
        new ScoredSet.Images(images.height(), images.width()),
        images.files().size(),
        false);
  }

  private ScoredSet features(String given, Path path, String name) throws IOException {
    refuseResize(given);
    try (FeatureFile file = FeatureFile.open(path)) {
      requireEnough(given, file.rows(), "row");
      FiniteRows.require(file, given);
      Stage stage =
          new Stage(
              "features@" + name,
              new ImportFeaturesTask(),
              0,
              Map.of(),
              Map.of(ImportFeaturesTask.FILE, RawInput.of(path)));
      return new ScoredSet(
          given,
          stage,
          new ScoredSet.Features(file.width(), 0, Optional.empty()),
          file.rows(),
          false);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private ScoredSet adopted(String given, ArtifactRole artifact, String name) {
    refuseResize(given);
    Manifest manifest = artifact.manifest();
    try (TableReader table = TableReader.open(store, manifest, artifact.role())) {
      requireEnough(given, table.rows(), "row");
      Content content = content(table, manifest, given);
      boolean features = content instanceof ScoredSet.Features;
      Stage stage =
          Stage.of(
              (features ? "features@" : "images@") + name,
              new AdoptTask(manifest.actionKey(), manifest.contentDigest(), artifact.role()),
              0,
              Map.of());
      boolean training = artifact.role().equals(IngestTask.TRAIN);
      return new ScoredSet(given, stage, content, table.rows(), training);
    } catch (IOException | DatasetException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Content content(TableReader table, Manifest manifest, String given) {
    TableSchema schema = table.schema();
    if (schema.name().equals(FeatureTable.NAME)) {
      FiniteRows.require(new TableRows(table, FeatureTable.FEATURE), given);
      int classes =
          schema.columns().stream()
              .filter(column -> column.name().equals(FeatureTable.LOGITS))
              .mapToInt(Column::elements)
              .sum();
      return new ScoredSet.Features(
          schema.column(FeatureTable.FEATURE).elements(),
          classes,
          Optional.ofNullable(manifest.inputs().get("network")));
    }
    List<Integer> shape = schema.column(ImageTable.PIXELS).shape();
    return new ScoredSet.Images(shape.get(1), shape.get(2));
  }

  private void refuseResize(String given) {
    if (resize.isPresent()) {
      throw new BadInputException(
          "Cannot use --resize=%d with %s: it is for folders of images; leave it out"
              .formatted(resize.get(), given));
    }
  }

  private static void requireEnough(String given, long rows, String unit) {
    if (rows < FEWEST) {
      throw new BadInputException(
          "Cannot score %s: it has %d %s%s, expected at least %d"
              .formatted(given, rows, unit, rows == 1 ? "" : "s", FEWEST));
    }
  }
}
