package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import partita.models.metric.StratifiedFrechet.Boundaries;
import partita.models.metric.StratifiedFrechet.Stratum;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.transforms.dataset.PointMixture;
import partita.transforms.score.DiversityProtocol;
import partita.transforms.score.LabelFile;
import partita.transforms.score.StratifiedFrechetTask;

/**
 * What some metrics are told beside the sets.
 *
 * @param classes number of classes of label maps or labels
 * @param labels files with the class of each row: of the reference, then of each generated set or
 *     one for all of them
 * @param classCounts file with the number of training images of each class
 * @param mixture that points should come from
 * @param diversity which images a diversity compares
 * @param masks folder of the regions whose noise was changed
 * @param layouts folder of label maps that images were made from, where the reference is images
 */
public record MetricOptions(
    Optional<Integer> classes,
    List<Path> labels,
    Optional<Path> classCounts,
    Optional<PointMixture> mixture,
    Optional<DiversityProtocol> diversity,
    Optional<Path> masks,
    Optional<Path> layouts) {

  private static final int FEWEST_OF_STRATUM = 2;
  private static final Set<ScoreMetric> STRATA = Set.of(ScoreMetric.FID_STRATIFIED);
  private static final Set<ScoreMetric> DIVERSITY = Set.of(ScoreMetric.LPIPS_DIVERSITY);
  private static final Set<ScoreMetric> REGIONS = EnumSet.range(ScoreMetric.MCSD, ScoreMetric.MOID);
  private static final Set<ScoreMetric> AGREEMENT =
      EnumSet.of(ScoreMetric.MIOU, ScoreMetric.PIXEL_ACCURACY);
  private static final Set<ScoreMetric> MODES =
      EnumSet.range(ScoreMetric.MODES, ScoreMetric.HIGH_QUALITY);
  private static final Set<ScoreMetric> MAPS = EnumSet.range(ScoreMetric.MIOU, ScoreMetric.FSD);

  /** Classes are counted in pairs; published networks tell apart some hundreds. */
  private static final int MOST_OF_MAPS = 4096;

  private static final Set<ScoreMetric> CLASSES =
      EnumSet.of(
          ScoreMetric.MIOU,
          ScoreMetric.PIXEL_ACCURACY,
          ScoreMetric.FSD,
          ScoreMetric.MODES,
          ScoreMetric.REVERSE_KL);

  public MetricOptions {
    labels = List.copyOf(labels);
  }

  /** Refuses what no metric asked for depends on, and misses what one needs. */
  void require(List<ScoreMetric> metrics) {
    boolean points = mixture.isPresent();
    use("classes", "N", classes.isPresent(), metrics, points ? Set.of() : CLASSES, Set.of());
    int most = metrics.stream().anyMatch(MAPS::contains) ? MOST_OF_MAPS : LabelFile.LARGEST;
    if (classes.orElse(0) > most) {
      throw new BadInputException(
          "Cannot use --classes=%d with %s: expected at most %,d"
              .formatted(classes.get(), metrics.get(0).word(), most));
    }
    use("labels", "REAL,GENERATED", !labels.isEmpty(), metrics, STRATA, STRATA);
    use("classCounts", "FILE", classCounts.isPresent(), metrics, STRATA, STRATA);
    use("mixture", "NAME", points, metrics, MODES, Set.of(ScoreMetric.HIGH_QUALITY));
    use("diversity", "NAME", diversity.isPresent(), metrics, DIVERSITY, DIVERSITY);
    use("masks", "FOLDER", masks.isPresent(), metrics, REGIONS, REGIONS);
    use("layouts", "FOLDER", layouts.isPresent(), metrics, AGREEMENT, Set.of());
  }

  private static void use(
      String option,
      String argument,
      boolean given,
      List<ScoreMetric> metrics,
      Set<ScoreMetric> uses,
      Set<ScoreMetric> needs) {
    if (given && metrics.stream().noneMatch(uses::contains)) {
      throw new BadInputException(
          "Cannot use --%s with %s: it does not depend on it; leave it out"
              .formatted(option, metrics.get(0).word()));
    }
    for (ScoreMetric metric : metrics) {
      if (!given && needs.contains(metric)) {
        throw new BadInputException(
            "Cannot compute %s: expected --%s=%s".formatted(metric.word(), option, argument));
      }
    }
  }

  /** Raw inputs that a generated set's strata are read from. */
  Map<String, RawInput> strata(int set) {
    return Map.of(
        StratifiedFrechetTask.REAL_LABELS, RawInput.of(labels.get(0)),
        StratifiedFrechetTask.GENERATED_LABELS, RawInput.of(labelsOf(set)),
        StratifiedFrechetTask.TRAINING_IMAGES, RawInput.of(classCounts.orElseThrow()));
  }

  private Path labelsOf(int set) {
    return labels.get(labels.size() == 2 ? 1 : 1 + set);
  }

  /**
   * Looks at the files behind strata.
   *
   * @return images of the smallest stratum that each generated set is compared in, on either side
   * @throws BadInputException if one is missing, damaged, has another number of rows than its set,
   *     or leaves a stratum with fewer than two images
   */
  List<Long> checkStrata(ScoredSet real, List<ScoredSet> generated) {
    if (labels.size() != 2 && labels.size() != 1 + generated.size()) {
      throw new BadInputException(
          "Cannot use --labels with %d files: --generated names %d sets, expected one of the reference and one of each, or one for all"
              .formatted(labels.size(), generated.size()));
    }
    try {
      int[] counts = LabelFile.read(classCounts.orElseThrow());
      for (int c = 0; c < counts.length; c++) {
        if (counts[c] < 0) {
          throw new BadInputException(
              "Cannot use --classCounts=%s: class %d has %d training images, expected at least 0"
                  .formatted(classCounts.get(), c, counts[c]));
        }
      }
      long ofReal = check(labels.get(0), real, counts);
      List<Long> fewest = new ArrayList<>();
      for (int set = 0; set < generated.size(); set++) {
        fewest.add(Math.min(ofReal, check(labelsOf(set), generated.get(set), counts)));
      }
      return fewest;
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Images of the smallest stratum. */
  private static long check(Path file, ScoredSet set, int[] counts) throws IOException {
    int[] found = LabelFile.read(file);
    if (found.length != set.rows()) {
      throw new BadInputException(
          "Cannot use labels %s for %s: they are %,d, expected %,d, one of each row"
              .formatted(file, set.given(), found.length, set.rows()));
    }
    for (int row = 0; row < found.length; row++) {
      if (found[row] < 0 || found[row] >= counts.length) {
        throw new BadInputException(
            "Cannot use labels %s: row %d is of class %d, expected 0 to %d, which --classCounts counts"
                .formatted(file, row, found[row], counts.length - 1));
      }
    }
    long fewest = Long.MAX_VALUE;
    for (Boundaries boundaries : Boundaries.values()) {
      for (Stratum stratum : boundaries.of(counts)) {
        long images = boundaries.images(found, counts, stratum);
        if (images < FEWEST_OF_STRATUM) {
          throw new BadInputException(
              "Cannot compute fid-stratified of %s: %s has %d images of the stratum '%s', expected at least %d"
                  .formatted(
                      set.given(),
                      file,
                      images,
                      stratum.name().toLowerCase(Locale.ROOT),
                      FEWEST_OF_STRATUM));
        }
        fewest = Math.min(fewest, images);
      }
    }
    return fewest;
  }
}
