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

  /** Levenshtein distance by one row of the dynamic program. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
