package partita.transforms.score;

import java.io.IOException;
import java.util.Locale;
import partita.models.metric.StratifiedFrechet;
import partita.models.metric.StratifiedFrechet.Boundaries;
import partita.transforms.shard.ShardContext;

/**
 * Frechet distances of frequent, less frequent and rare classes, with the boundaries of the paper
 * and of its code. Beside the features it reads the raw inputs {@link #REAL_LABELS} and {@link
 * #GENERATED_LABELS}, the class of each row, and {@link #TRAINING_IMAGES}, the number of training
 * images of each class, all of them a {@link LabelFile}.
 *
 * @param naming how the figures are named
 */
public record StratifiedFrechetTask(Naming naming) implements GivenComparison {
  public static final String REAL_LABELS = "real-labels";
  public static final String GENERATED_LABELS = "generated-labels";
  public static final String TRAINING_IMAGES = "training-images";

  @Override
  public Figures figures(ShardContext context) throws IOException {
    int[] realClass = Labels.read(context, REAL_LABELS);
    int[] generatedClass = Labels.read(context, GENERATED_LABELS);
    int[] trainingImages = Labels.read(context, TRAINING_IMAGES);
    try (ScoredFeatures features = new ScoredFeatures(context)) {
      Figures figures = new Figures(naming, realClass.length, generatedClass.length);
      for (Boundaries boundaries : Boundaries.values()) {
        StratifiedFrechet.of(
                features.real(),
                realClass,
                features.generated(),
                generatedClass,
                trainingImages,
                boundaries)
            .distances()
            .forEach(
                (stratum, distance) ->
                    figures.add(
                        "fid-" + stratum.name().toLowerCase(Locale.ROOT),
                        definition(boundaries),
                        distance.value(),
                        boundaries.images(realClass, trainingImages, stratum),
                        boundaries.images(generatedClass, trainingImages, stratum)));
      }
      return figures;
    }
  }

  private static String definition(Boundaries boundaries) {
    return switch (boundaries) {
      case PAPER -> "paper's strata: many > 100, medium 20..100, few < 20 training images";
      case CODE -> "code's strata: many >= 100, medium 21..99, few <= 20 training images";
    };
  }
}
