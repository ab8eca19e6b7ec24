package partita.runners.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * Output whose last line tells how far something is: on a terminal it is rewritten, elsewhere it is
 * printed now and then.
 */
final class RewrittenLine {
  private final PrintStream out;
  private final Duration quiet;
  private final boolean terminal = Terminal.present();
  private Instant shown = Instant.EPOCH;
  private int width;
  private int columns;

  /**
   * @param quiet least time between two lines where nothing can be rewritten
   */
  RewrittenLine(PrintStream out, Duration quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  /** Prints a line that stays. */
  void line(String text) {
    erase();
    out.println(text);
  }

  /**
   * Something begins: a line that stays where none is rewritten.
   *
   * @param terminalText shown on a terminal until it is rewritten
   */
  void begin(String text, String terminalText) {
    shown = Instant.now();
    if (terminal) {
      rewrite(terminalText);
    } else {
      line(text);
    }
  }

  /** Tells how far it is. */
  void progress(String text) {
    if (terminal) {
      rewrite(text);
    } else if (Duration.between(shown, Instant.now()).compareTo(quiet) >= 0) {
      shown = Instant.now();
      line(text);
    }
  }

  private void rewrite(String text) {
    erase();
    if (columns == 0) {
      columns = Terminal.columns();
    }
    String shortened = text.substring(0, Math.min(text.length(), columns - 1));
    out.print(shortened);
    out.flush();
    width = shortened.length();
  }

  private void erase() {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      width = 0;
    }
  }
}
