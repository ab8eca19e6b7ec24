package partita.pipelines.system;

import java.util.Optional;
import partita.models.image.Filter;
import partita.models.image.SquareFit;
import partita.transforms.dataset.DatasetOptions;
import partita.transforms.dataset.FolderLabels;
import partita.transforms.dataset.OnBadImage;

/**
 * Which images an experiment is about; see {@link DatasetOptions} for the options.
 *
 * @param name a known data set, {@code fashion-mnist}, or {@code folder} for a folder of images
 * @param path the user's own file or folder ({@code --data}); nothing else is searched then
 */
public record DatasetSettings(
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
    OnBadImage onBadImage) {
  private static final int ROWS_PER_SHARD = 4096;

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
