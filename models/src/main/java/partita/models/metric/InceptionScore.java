package partita.models.metric;

import java.nio.FloatBuffer;
import partita.models.row.RowSource;
import partita.models.row.SelectedRows;

/**
 * Inception score (Salimans et al., "Improved techniques for training GANs", NeurIPS 2016): {@code
 * exp(mean KL(p(y|x) || p(y)))} over contiguous splits of the samples, natural logarithm, float64.
 * The bare name belongs to the official Inception network.
 *
 * @param mean over the splits, 1 to the number of classes
 * @param std population standard deviation over the splits
 */
public record InceptionScore(double mean, double std) {
  /** Splits of the published protocol. */
  public static final int SPLITS = 10;

  /** Seed that torch-fidelity shuffles with. */
  private static final int SEED = 2020;

  /**
   * The score of classifier outputs before the softmax.
   *
   * @param logits {@code [N, classes]}
   * @param splits number of parts
   * @throws IllegalArgumentException when there are fewer rows than splits or a value is not finite
   */
  public static InceptionScore ofLogits(RowSource logits, int splits, InceptionSplits cut) {
    if (cut == InceptionSplits.SHUFFLED) {
      return of(shuffled(logits), splits, cut, true);
    }
    return of(logits, splits, cut, true);
  }

  private static RowSource shuffled(RowSource logits) {
    int[] order = new NumpyRandomState(SEED).permutation(Math.toIntExact(logits.rows()));
    float[] row = new float[logits.width()];
    for (int i = 0; i < order.length; i++) {
      logits.read(i, 1, FloatBuffer.wrap(row));
      requireFinite(row, i); // while rows have their own names
    }
    return new SelectedRows(logits, order);
  }

  /**
   * The score of class probabilities.
   *
   * @param probabilities {@code [N, classes]}, each row at least 0 and summing to 1 within 1e-3
   */
  public static InceptionScore ofProbabilities(RowSource probabilities, int splits) {
    return of(probabilities, splits, InceptionSplits.CONTIGUOUS, false);
  }

  private static InceptionScore of(
      RowSource rows, int splits, InceptionSplits cut, boolean logits) {
    if (splits < 1 || rows.rows() < splits) {
      throw new IllegalArgumentException(
          "Cannot score %d samples in %d splits: expected at least one sample a split"
              .formatted(rows.rows(), splits));
    }
    long used = cut == InceptionSplits.EQUAL ? rows.rows() / splits * splits : rows.rows();
    double[] scores = new double[splits];
    for (int i = 0; i < splits; i++) {
      long first = i * used / splits;
      long end = (i + 1) * used / splits;
      scores[i] = split(rows, first, Math.toIntExact(end - first), logits);
    }
    double mean = 0;
    for (double score : scores) {
      mean += score / splits;
    }
    double variance = 0;
    for (double score : scores) {
      variance += (score - mean) * (score - mean) / splits;
    }
    return new InceptionScore(mean, Math.sqrt(variance));
  }

  /** {@code mean KL = mean_x sum_y p(y|x) log p(y|x) - sum_y p(y) log p(y)}. */
  private static double split(RowSource rows, long first, int count, boolean logits) {
    float[] row = new float[rows.width()];
    double[] marginal = new double[rows.width()];
    double negativeEntropy = 0;
    for (int i = 0; i < count; i++) {
      rows.read(first + i, 1, FloatBuffer.wrap(row));
      double[] p = logits ? softmax(row, first + i) : probabilities(row, first + i);
      negativeEntropy += sumOfPLogP(p) / count;
      for (int y = 0; y < p.length; y++) {
        marginal[y] += p[y] / count;
      }
    }
    return Math.exp(negativeEntropy - sumOfPLogP(marginal));
  }

  private static double sumOfPLogP(double[] p) {
    double sum = 0;
    for (double value : p) {
      sum += value > 0 ? value * Math.log(value) : 0;
    }
    return sum;
  }

  private static double[] softmax(float[] logits, long row) {
    requireFinite(logits, row);
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int y = 0; y < p.length; y++) {
      p[y] = Math.exp(logits[y] - largest);
      sum += p[y];
    }
    for (int y = 0; y < p.length; y++) {
      p[y] /= sum;
    }
    return p;
  }

  private static void requireFinite(float[] logits, long row) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new IllegalArgumentException(
            "Cannot score row " + row + ": found logit " + logit + ", expected finite numbers");
      }
    }
  }

  private static double[] probabilities(float[] values, long row) {
    double[] p = new double[values.length];
    double sum = 0;
    boolean valid = true;
    for (int y = 0; y < p.length; y++) {
      p[y] = values[y];
      sum += p[y];
      valid &= p[y] >= 0;
    }
    if (!valid || !(Math.abs(sum - 1) <= 1e-3)) {
      throw new IllegalArgumentException(
          "Cannot score row "
              + row
              + ": found values that sum to "
              + sum
              + ", expected probabilities; pass logits as logits");
    }
    return p;
  }
}
