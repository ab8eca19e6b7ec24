package partita.runners.cli;

import java.io.PrintStream;

/** One screen of help. */
final class Help {
  private Help() {}

  static void print(PrintStream out) {
    out.println("Partita: reproducible generative models. Usage: [command] [--option=value ...]");
    out.println();
    for (Verb verb : Verb.values()) {
      out.printf("  %-28s %s%n", verb.word(), verb.help());
    }
    out.println();
    for (Option option : Option.values()) {
      String value = option.argument();
      String form = value.isEmpty() ? "" : value.startsWith("[") ? "[=FILE]" : "=" + value;
      out.printf("  %-28s %s%n", "--" + option.label() + form, option.help());
    }
    out.println();
    out.println("Every other option is Beam's, as --flinkMaster=host:8081.");
    out.println(
        "Exit code: 0 done, 1 failed, 2 bad input, 3 stale (plan --exitCode), 130 stopped.");
  }
}
