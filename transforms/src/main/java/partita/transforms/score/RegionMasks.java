package partita.transforms.score;

import java.nio.file.Path;
import java.util.List;
import partita.models.train.ImageSource;
import partita.transforms.dataset.DatasetException;
import partita.transforms.score.PerceptualPairs.Part;
import partita.transforms.score.PerceptualPairs.View;

/**
 * The masks of variations: a PNG file for each folder of images, other than 0 in the region whose
 * noise was changed.
 *
 * @param folder of the masks
 * @param sources paths of the images, by their rows
 */
record RegionMasks(Path folder, List<String> sources) {

  /**
   * What is seen of an image.
   *
   * @return 1 for a pixel that is seen and 0 for any other, {@code [H * W]}
   * @throws DatasetException when its mask is of another size, or has no region
   */
  float[] seen(View view, ImageSource images) {
    String variation = ImageGroups.parent(sources.get(view.image()));
    LabelMap mask = LabelMap.read(folder.resolve(variation + ".png"));
    if (mask.height() != images.height() || mask.width() != images.width()) {
      throw new DatasetException(
          "Cannot use mask %s: it is %d x %d, expected %d x %d as its images are; did the folder change?"
              .formatted(
                  mask.name(), mask.width(), mask.height(), images.width(), images.height()));
    }
    float[] seen = new float[mask.labels().length];
    boolean empty = true;
    for (int i = 0; i < seen.length; i++) {
      boolean inside = mask.labels()[i] != 0;
      empty &= !inside;
      seen[i] = inside == (view.part() == Part.INSIDE) ? 1 : 0;
    }
    if (empty) {
      throw new DatasetException(
          "Cannot use mask %s: all its pixels are 0, expected others in the region"
              .formatted(mask.name()));
    }
    return seen;
  }
}
