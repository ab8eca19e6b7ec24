package partita.runners.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** What got worse since an earlier outcome, as it is told to people. */
final class Regressions {
  private Regressions() {}

  /**
   * Prints what got worse, or that nothing did.
   *
   * @param compared number of figures that both have; with none, nothing was shown
   * @return whether the command has failed for it
   */
  static boolean tell(int compared, List<String> worse, Path earlier, PrintStream err) {
    if (compared == 0 && worse.isEmpty()) {
      err.println("Cannot compare with %s: it has none of these figures".formatted(earlier));
      return true;
    }
    if (worse.isEmpty()) {
      err.printf("%d figures compared with %s: none is worse%n", compared, earlier);
      return false;
    }
    err.println("Worse than in " + earlier + ":");
    worse.forEach(sentence -> err.println("  " + sentence));
    return true;
  }
}
