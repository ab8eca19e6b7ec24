package partita.runners.cli;

import java.io.PrintStream;

/** One screen of help: of a command, or of all. */
final class Help {
  private Help() {}

  static void print(Verb verb, PrintStream out) {
    if (verb == Verb.REPRODUCE || verb == Verb.BENCH || verb == Verb.SCORE || verb.takesFiles()) {
      out.printf("%s: %s%n%n", (verb.word() + " " + verb.operand()).strip(), verb.help());
      options(verb, out);
      return;
    }
    out.println("Partita: reproducible generative models. Usage: [command] [--option=value ...]");
    out.println();
    for (Verb each : Verb.values()) {
      out.printf("  %-28s %s%n", each.word(), each.help());
    }
    out.println();
    options(Verb.RUN, out);
    out.println();
    out.println("Every other option is Beam's, as --flinkMaster=host:8081.");
    out.println(
        "Exit code: 0 done, 1 failed, 2 bad input, 3 stale (plan --exitCode), 130 stopped.");
  }

  private static void options(Verb verb, PrintStream out) {
    for (Option option : Option.values()) {
      if (option.isFor(verb)) {
        String value = option.argument();
        String form = value.isEmpty() ? "" : value.startsWith("[") ? "[=FILE]" : "=" + value;
        out.printf("  %-28s %s%n", "--" + option.label() + form, option.help());
      }
    }
  }
}
