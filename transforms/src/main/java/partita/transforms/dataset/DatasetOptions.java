package partita.transforms.dataset;

import partita.models.image.Filter;
import partita.models.image.Preparation;
import partita.models.image.SquareFit;

/**
 * What a user can say about a data set besides its name. A data set takes what concerns it.
 *
 * @param resolution edge of the stored square in pixels
 * @param channels 1 or 3
 * @param fit how an oblong image becomes a square
 * @param filter resampling kernel
 * @param train generated data: rows of the training split; IDX and CIFAR-10: rows to take at most;
 *     Stacked-MNIST: images to stack
 * @param validation the same for the validation split
 * @param validationFraction folders that are not split: part that goes to validation
 * @param labels folders: how images get their labels
 * @param onBadImage folders: what happens when an image cannot be decoded
 * @param rowsPerShard rows that one worker ingests at a time
 */
public record DatasetOptions(
    int resolution,
    int channels,
    SquareFit fit,
    Filter filter,
    int train,
    int validation,
    double validationFraction,
    FolderLabels labels,
    OnBadImage onBadImage,
    int rowsPerShard) {

  /** Everything there is, prepared as the IC-GAN reference prepares ImageNet. */
  public static DatasetOptions all(int resolution, int channels) {
    return sized(resolution, channels, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** Splits of given sizes. */
  public static DatasetOptions sized(int resolution, int channels, int train, int validation) {
    return new DatasetOptions(
        resolution,
        channels,
        SquareFit.CROP,
        Filter.BILINEAR,
        train,
        validation,
        0.1,
        FolderLabels.FOLDERS,
        OnBadImage.FAIL,
        4096);
  }

  /**
   * The same for images of other channels.
   *
   * @param other 1 or 3
   */
  DatasetOptions withChannels(int other) {
    return new DatasetOptions(
        resolution,
        other,
        fit,
        filter,
        train,
        validation,
        validationFraction,
        labels,
        onBadImage,
        rowsPerShard);
  }

  /**
   * How images are prepared.
   *
   * @throws DatasetException when resolution or channels cannot be
   */
  Preparation preparation() {
    try {
      return new Preparation(resolution, channels, fit, filter);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(e.getMessage(), e);
    }
  }
}
