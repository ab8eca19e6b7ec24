package partita.models.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How far changing the noise of one region changes that region and the others (Tan et al., "Diverse
 * semantic image synthesis via probability distribution modeling", CVPR 2021, supplement section 8,
 * after Zhu et al., "Semantically multi-modal image synthesis", CVPR 2020, section 4.2). The papers
 * leave the number of images, the network and the masking open; the definition here is ours and
 * belongs beside every figure:
 *
 * <ol>
 *   <li>A {@link Variation} is a layout, one of its regions (an instance, or all pixels of a class)
 *       and two or more images of that layout whose noise differs in that region alone.
 *   <li>Its diversity inside is the mean over the unordered pairs of its images of a distance that
 *       sees the region alone; outside, of one that sees all but the region. With {@link Lpips}:
 *       pixels that are not seen are set to 0 in [-1, 1] in both images, and the spatial mean goes
 *       over the whole image, so a small region has a small distance.
 *   <li><b>mISD</b> and <b>mOID</b> are the means inside and outside over all variations, of an
 *       instance each.
 *   <li><b>mCSD</b> and <b>mOCD</b> are, for variations of a class each, the means over the
 *       variations of a class and then over classes, so a frequent class counts no more than a rare
 *       one.
 * </ol>
 *
 * @param inside mISD or mCSD, higher is better
 * @param outside mOID or mOCD, lower is better
 * @param means variations or classes that they are the means over
 */
public record InstanceDiversity(double inside, double outside, int means) {

  /**
   * Images that differ by the noise of one region.
   *
   * @param semanticClass class of the region
   * @param images their indices, two or more
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Variation(int semanticClass, int[] images) {
    public Variation {
      if (images.length < 2) {
        throw new IllegalArgumentException(
            "Cannot measure diversity of a region of class %d: found %d images, expected at least 2"
                .formatted(semanticClass, images.length));
      }
    }
  }

  /** Distances of two images of a variation that see a part of the image. */
  public interface RegionDistance {
    /** Sees the varied region alone. */
    double inside(Variation variation, int first, int second);

    /** Sees all but the varied region. */
    double outside(Variation variation, int first, int second);
  }

  /**
   * mISD and mOID.
   *
   * @throws IllegalArgumentException when there is no variation or a distance is not finite
   */
  public static InstanceDiversity ofInstances(List<Variation> variations, RegionDistance distance) {
    return mean(variations.stream().map(variation -> of(variation, distance)).toList());
  }

  /**
   * mCSD and mOCD.
   *
   * @throws IllegalArgumentException when there is no variation or a distance is not finite
   */
  public static InstanceDiversity ofClasses(List<Variation> variations, RegionDistance distance) {
    TreeMap<Integer, List<Variation>> byClass = new TreeMap<>();
    for (Variation variation : variations) {
      byClass.computeIfAbsent(variation.semanticClass(), c -> new ArrayList<>()).add(variation);
    }
    return mean(byClass.values().stream().map(ofClass -> ofInstances(ofClass, distance)).toList());
  }

  private static InstanceDiversity of(Variation variation, RegionDistance distance) {
    return new InstanceDiversity(
        PerceptualDiversity.meanOfPairs(
            variation.images(), (first, second) -> distance.inside(variation, first, second)),
        PerceptualDiversity.meanOfPairs(
            variation.images(), (first, second) -> distance.outside(variation, first, second)),
        1);
  }

  private static InstanceDiversity mean(List<InstanceDiversity> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot measure diversity: found 0 varied regions, expected at least 1");
    }
    double inside = 0;
    double outside = 0;
    for (InstanceDiversity part : parts) {
      inside += part.inside;
      outside += part.outside;
    }
    return new InstanceDiversity(inside / parts.size(), outside / parts.size(), parts.size());
  }
}
