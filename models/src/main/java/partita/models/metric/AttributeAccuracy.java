package partita.models.metric;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often samples have the attribute they were asked for, as a classifier sees them (Georgopoulos
 * et al., "Cluster-guided image synthesis with unconditional models", CVPR 2022, supplement,
 * "Additional quantitative results": hair tone over all samples, car orientation for each of left
 * and right).
 *
 * @param accuracy share of all samples, 0 to 1
 * @param byValue share of the samples that were asked for each value of the attribute, 0 to 1
 */
public record AttributeAccuracy(double accuracy, SortedMap<Integer, Double> byValue) {

  public AttributeAccuracy {
    byValue = Collections.unmodifiableSortedMap(new TreeMap<>(byValue));
  }

  /**
   * The accuracy of samples.
   *
   * @param wanted value of the attribute that each sample was asked for
   * @param found value that the classifier sees
   * @throws IllegalArgumentException when the counts differ or there is no sample
   */
  public static AttributeAccuracy of(int[] wanted, int[] found) {
    if (wanted.length != found.length || wanted.length == 0) {
      throw new IllegalArgumentException(
          "Cannot compare attributes: found %d wanted and %d seen values, expected as many of both and at least one"
              .formatted(wanted.length, found.length));
    }
    SortedMap<Integer, Integer> samples = new TreeMap<>();
    SortedMap<Integer, Integer> hits = new TreeMap<>();
    int right = 0;
    for (int i = 0; i < wanted.length; i++) {
      int hit = wanted[i] == found[i] ? 1 : 0;
      right += hit;
      samples.merge(wanted[i], 1, Integer::sum);
      hits.merge(wanted[i], hit, Integer::sum);
    }
    SortedMap<Integer, Double> byValue = new TreeMap<>();
    samples.forEach((value, count) -> byValue.put(value, (double) hits.get(value) / count));
    return new AttributeAccuracy((double) right / wanted.length, byValue);
  }
}
