package partita.models.metric;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import partita.models.row.RowSource;
import partita.models.row.SelectedRows;

/**
 * Frechet distances of the images of frequent, less frequent and rare classes (Casanova et al.,
 * "Instance-conditioned GAN", NeurIPS 2021, section 3.1 and Table 4, on ImageNet-LT): validation
 * images of the classes of a stratum against as many generated for these classes. Where a stratum
 * ends is not the same in the paper and its code; a figure names its {@link Boundaries}.
 *
 * @param boundaries of the strata
 * @param distances by stratum; strata without classes are absent
 */
public record StratifiedFrechet(Boundaries boundaries, Map<Stratum, FrechetDistance> distances) {

  /** How often a class is in the training set. */
  public enum Stratum {
    MANY,
    MEDIUM,
    FEW
  }

  /** Training images at which a stratum begins and ends. */
  public enum Boundaries {
    /** As the paper says: more than 100, 20 to 100, less than 20. */
    PAPER(101, 20),

    /** As its code has it: at least 100, 21 to 99, at most 20. */
    CODE(100, 21);

    private final int leastOfMany;
    private final int leastOfMedium;

    Boundaries(int leastOfMany, int leastOfMedium) {
      this.leastOfMany = leastOfMany;
      this.leastOfMedium = leastOfMedium;
    }

    /** The stratum of a class with so many training images. */
    public Stratum stratum(int trainingImages) {
      if (trainingImages >= leastOfMany) {
        return Stratum.MANY;
      }
      return trainingImages >= leastOfMedium ? Stratum.MEDIUM : Stratum.FEW;
    }

    /** The strata that have classes, each class with so many training images. */
    public Set<Stratum> of(int[] trainingImages) {
      EnumSet<Stratum> strata = EnumSet.noneOf(Stratum.class);
      Arrays.stream(trainingImages).mapToObj(this::stratum).forEach(strata::add);
      return strata;
    }

    /**
     * Number of images in a stratum.
     *
     * @param classes of the images {@code [N]}
     * @param trainingImages of each class
     */
    public long images(int[] classes, int[] trainingImages, Stratum stratum) {
      return Arrays.stream(classes)
          .filter(label -> stratum(trainingImages[label]) == stratum)
          .count();
    }
  }

  public StratifiedFrechet {
    distances = Collections.unmodifiableMap(new EnumMap<>(distances));
  }

  /**
   * The distances of all strata that have classes.
   *
   * @param real features of validation images {@code [M, D]}
   * @param realClass class of each, {@code [M]}
   * @param generated features {@code [N, D]}
   * @param generatedClass class that each was generated for, {@code [N]}
   * @param trainingImages of each class
   * @throws IllegalArgumentException when counts or dimensions do not fit, a class is unknown, a
   *     stratum has fewer than two images of either set or a feature is not finite
   */
  public static StratifiedFrechet of(
      RowSource real,
      int[] realClass,
      RowSource generated,
      int[] generatedClass,
      int[] trainingImages,
      Boundaries boundaries) {
    SameWidth.require(real, generated);
    requireClasses("real", real, realClass, trainingImages.length);
    requireClasses("generated", generated, generatedClass, trainingImages.length);
    Map<Stratum, FrechetDistance> distances = new EnumMap<>(Stratum.class);
    for (Stratum stratum : Stratum.values()) {
      boolean[] within = new boolean[trainingImages.length];
      boolean any = false;
      for (int c = 0; c < within.length; c++) {
        within[c] = boundaries.stratum(trainingImages[c]) == stratum;
        any |= within[c];
      }
      if (any) {
        distances.put(
            stratum,
            FrechetDistance.between(
                moments(stratum, "real", real, realClass, within),
                moments(stratum, "generated", generated, generatedClass, within)));
      }
    }
    return new StratifiedFrechet(boundaries, distances);
  }

  private static void requireClasses(String name, RowSource rows, int[] classes, int known) {
    if (rows.rows() != classes.length) {
      throw new IllegalArgumentException(
          "Cannot stratify %s images: found %d features and %d classes, expected as many"
              .formatted(name, rows.rows(), classes.length));
    }
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= known) {
        throw new IllegalArgumentException(
            "Cannot stratify %s images: row %d is of class %d, expected 0 to %d"
                .formatted(name, i, classes[i], known - 1));
      }
    }
  }

  private static Moments moments(
      Stratum stratum, String name, RowSource rows, int[] classes, boolean[] within) {
    int[] chosen = IntStream.range(0, classes.length).filter(i -> within[classes[i]]).toArray();
    if (chosen.length < 2) {
      throw new IllegalArgumentException(
          "Cannot score stratum %s: found %d %s images of its classes, expected at least 2"
              .formatted(stratum, chosen.length, name));
    }
    return Moments.of(new SelectedRows(rows, chosen));
  }
}
