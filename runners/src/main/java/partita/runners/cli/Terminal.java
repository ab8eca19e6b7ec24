package partita.runners.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the program's output goes to. */
final class Terminal {
  private static final int USUAL_COLUMNS = 80;
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

  private Terminal() {}

  /** Whether a person watches who can see a line being rewritten. */
  static boolean present() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }

  /** Width of the terminal, so that a rewritten line never wraps; 80 where it cannot be asked. */
  static int columns() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher matcher = SIZE.matcher(size);
      int columns = matcher.matches() ? Integer.parseInt(matcher.group(1)) : USUAL_COLUMNS;
      return columns > 0 ? columns : USUAL_COLUMNS;
    } catch (IOException noSuchProgram) {
      return USUAL_COLUMNS;
    }
  }
}
