package partita.pipelines.dag;

import java.util.Comparator;
import java.util.List;

/** Answers a misspelled name with the valid name that is fewest edits away. */
public final class NearestName {
  private NearestName() {}

  /**
   * The error for a name that is none of {@code valid}: {@code Cannot use stage 'tarin': it does
   * not exist; did you mean 'train'?}.
   */
  public static BadInputException unknown(String kind, String name, List<String> valid) {
    return new BadInputException(
        "Cannot use %s '%s': it does not exist; did you mean '%s'? (known: %s)"
            .formatted(kind, name, of(name, valid), String.join(", ", valid)));
  }

  /** The valid name with the smallest edit distance to {@code name}, the first of equals. */
  public static String of(String name, List<String> valid) {
    return valid.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .orElse("");
  }

  /** Edit distance in which two neighboring letters exchanged count once, as typing does it. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int fewest(int[][] edits, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int substituted = edits[i - 1][j - 1] + (same ? 0 : 1);
    int best = Math.min(substituted, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean exchanged =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return exchanged ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
