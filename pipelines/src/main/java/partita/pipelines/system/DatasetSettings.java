package partita.pipelines.system;

import java.util.Optional;
import partita.models.image.Filter;
import partita.models.image.SquareFit;

/**
 * Which images an experiment is about.
 *
 * @param kind where they come from
 * @param name folder name of the data set below the operating system's package folder and the
 *     cache, {@code fashion-mnist}; for generated data and the user's own folder only a name
 * @param path the user's own file or folder ({@code --data}); nothing else is searched then
 * @param resolution edge of the stored square in pixels
 * @param channels 1 or 3
 * @param classes number of labels, where the data does not say it
 * @param train most training images taken
 * @param validation most validation images taken
 * @param validationFraction share of a folder's images kept for validation when it has no split of
 *     its own
 * @param fit how an oblong image becomes a square
 * @param filter resampling kernel
 * @param onBadImage what to do with an image that cannot be decoded
 */
public record DatasetSettings(
    Kind kind,
    String name,
    Optional<String> path,
    int resolution,
    int channels,
    Optional<Long> classes,
    int train,
    int validation,
    double validationFraction,
    SquareFit fit,
    Filter filter,
    OnBadImage onBadImage) {

  /** Formats and generators. */
  public enum Kind {
    SPRITES,
    IDX,
    CIFAR10,
    FOLDER
  }

  /** What to do with an image that cannot be decoded. */
  public enum OnBadImage {
    /** Stop with its name. */
    FAIL,
    /** Leave it out and count it. */
    SKIP
  }
}
