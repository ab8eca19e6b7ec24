package partita.models.metric;

import java.util.List;
import partita.models.random.CounterRandom;

/**
 * How much images of one condition differ, as a mean perceptual distance ({@link Lpips} with
 * AlexNet in both papers). Neither paper has published code for it; which pairs are taken is
 * defined here:
 *
 * <ul>
 *   <li><b>conditions</b> (Casanova et al., "Instance-conditioned GAN", NeurIPS 2021, section 3.1:
 *       "two images generated with two different latent vectors and same conditioning"): all
 *       unordered pairs of the samples of a condition, their mean over each condition, and the mean
 *       of those over conditions. With two samples a condition, as in the paper, that is one pair
 *       of each. Conditions with one sample are left out.
 *   <li><b>groups</b> (Tan et al., "Diverse semantic image synthesis via probability distribution
 *       modeling", CVPR 2021, supplement section 8): of 10 groups, each with one image of every
 *       layout, two different ones are drawn; a score is the mean distance of their images of one
 *       layout, and the value the mean of 10 scores.
 * </ul>
 *
 * @param value the mean
 * @param means conditions or scores that it is the mean of
 */
public record PerceptualDiversity(double value, int means) {
  /** Groups and scores of the published protocol. */
  public static final int GROUPS = 10;

  /**
   * Diversity by IC-GAN's protocol.
   *
   * @param condition what each image was conditioned on
   * @throws IllegalArgumentException when no condition has two images or a distance is not finite
   */
  public static PerceptualDiversity ofConditions(long[] condition, PairDistance distance) {
    List<int[]> groups = ConditionGroups.withPairs(condition);
    double sum = 0;
    for (int[] images : groups) {
      sum += meanOfPairs(images, distance);
    }
    return new PerceptualDiversity(sum / groups.size(), groups.size());
  }

  /** Mean distance over the unordered pairs of some images. */
  static double meanOfPairs(int[] images, PairDistance distance) {
    double sum = 0;
    for (int i = 0; i < images.length; i++) {
      for (int j = i + 1; j < images.length; j++) {
        double between = distance.between(images[i], images[j]);
        sum += PairDistance.checked(between, images[i], images[j]);
      }
    }
    return sum / (images.length * (images.length - 1.0) / 2);
  }

  /**
   * Diversity by INADE's protocol. The image of layout {@code l} in group {@code g} is {@code g *
   * layouts + l}.
   *
   * @param groups at least 2
   * @param layouts images of a group, at least 1
   * @param scores how many are drawn, at least 1
   * @param seed of the draws
   * @throws IllegalArgumentException when a number is too small or a distance is not finite
   */
  public static PerceptualDiversity ofGroups(
      int groups, int layouts, int scores, long seed, PairDistance distance) {
    if (groups < 2 || layouts < 1 || scores < 1) {
      throw new IllegalArgumentException(
          "Cannot measure diversity: found %d groups of %d layouts and %d scores, expected at least 2, 1 and 1"
              .formatted(groups, layouts, scores));
    }
    CounterRandom random = new CounterRandom(seed, "metric.groups");
    double sum = 0;
    for (int score = 0; score < scores; score++) {
      int first = random.below(groups, score, 0, 0);
      int second = (first + 1 + random.below(groups - 1, score, 1, 0)) % groups;
      for (int layout = 0; layout < layouts; layout++) {
        int a = first * layouts + layout;
        int b = second * layouts + layout;
        sum += PairDistance.checked(distance.between(a, b), a, b);
      }
    }
    return new PerceptualDiversity(sum / ((double) scores * layouts), scores);
  }
}
