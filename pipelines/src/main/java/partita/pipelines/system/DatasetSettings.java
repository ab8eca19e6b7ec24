package partita.pipelines.system;

import java.util.Optional;
import partita.models.image.Filter;
import partita.models.image.SquareFit;
import partita.transforms.dataset.DatasetKind;
import partita.transforms.dataset.DatasetOptions;
import partita.transforms.dataset.FolderLabels;
import partita.transforms.dataset.OnBadImage;

/**
 * Which images an experiment is about; see {@link DatasetOptions} for the options.
 *
 * @param kind its format or generator
 * @param name folder name below the operating system's package folder and the cache, {@code
 *     fashion-mnist}; for generated data and the user's own folder only a name
 * @param path the user's own file or folder ({@code --data}); nothing else is searched then
 */
public record DatasetSettings(
    DatasetKind kind,
    String name,
    Optional<String> path,
    int resolution,
    int channels,
    SquareFit fit,
    Filter filter,
    int train,
    int validation,
    double validationFraction,
    FolderLabels labels,
    OnBadImage onBadImage)
    implements GanDataSettings {
  private static final int ROWS_PER_SHARD = 4096;

  public DatasetSettings {
    if (train < 1 || validation < 0) {
      throw new IllegalArgumentException(
          "train is %d and validation %d, expected at least 1 and 0 images"
              .formatted(train, validation));
    }
    if (!(validationFraction >= 0 && validationFraction < 1)) {
      throw new IllegalArgumentException(
          "validationFraction is %s, expected a number in [0, 1)".formatted(validationFraction));
    }
  }

  /** The single gray digits that stacked ones are made of: all there are. */
  DatasetSettings digits() {
    return new DatasetSettings(
        DatasetKind.IDX,
        name,
        path,
        resolution,
        1,
        fit,
        filter,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        validationFraction,
        labels,
        onBadImage);
  }

  DatasetOptions options() {
    return new DatasetOptions(
        resolution,
        channels,
        fit,
        filter,
        train,
        validation,
        validationFraction,
        labels,
        onBadImage,
        ROWS_PER_SHARD);
  }
}
