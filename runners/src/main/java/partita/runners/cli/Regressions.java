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
   * @return whether anything did
   */
  static boolean tell(List<String> found, Path earlier, PrintStream err) {
    if (found.isEmpty()) {
      err.println("No figure is worse than in " + earlier);
      return false;
    }
    err.println("Worse than in " + earlier + ":");
    found.forEach(sentence -> err.println("  " + sentence));
    return true;
  }
}
