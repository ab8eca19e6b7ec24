package partita.models.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.models.row.RowSource;

/**
 * What IC-GAN learns from: images, the features of each, and each one's neighbors, all in the same
 * order of rows.
 *
 * @param features of the images, not normalized
 * @param mirrored of the images flipped from left to right
 * @param labels of the images, where classes are conditioned on too
 */
public record InstanceData(
    ImageSource images,
    RowSource features,
    Optional<RowSource> mirrored,
    Neighborhoods neighbors,
    Optional<Labels> labels) {

  /** Without labels. */
  public InstanceData(
      ImageSource images,
      RowSource features,
      Optional<RowSource> mirrored,
      Neighborhoods neighbors) {
    this(images, features, mirrored, neighbors, Optional.empty());
  }

  public InstanceData {
    List<String> errors = new ArrayList<>();
    same("features", features.rows(), images.rows(), errors);
    same("neighborhoods", neighbors.rows(), images.rows(), errors);
    labels.ifPresent(known -> same("labels", known.rows(), images.rows(), errors));
    mirrored.ifPresent(
        flipped -> {
          same("mirrored features", flipped.rows(), images.rows(), errors);
          if (flipped.width() != features.width()) {
            errors.add(
                "mirrored features have %d dimensions, features %d"
                    .formatted(flipped.width(), features.width()));
          }
        });
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot train on instances: %s; run the stages that made them again"
              .formatted(String.join("; ", errors)));
    }
  }

  /** The same with labels. */
  public InstanceData withLabels(Labels known) {
    return new InstanceData(images, features, mirrored, neighbors, Optional.of(known));
  }

  private static void same(String what, long found, long images, List<String> errors) {
    if (found != images) {
      errors.add("found %d %s for %d images".formatted(found, what, images));
    }
  }
}
