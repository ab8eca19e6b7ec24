package partita.runners.cli;

import java.io.PrintStream;
import java.util.List;

/** One screen of help: of a command, or of all. */
final class Help {
  private Help() {}

  static void print(Verb verb, PrintStream out) {
    if (verb == Verb.REPRODUCE
        || verb == Verb.BENCH
        || verb == Verb.SCORE
        || verb.takesFiles()
        || verb.keepsHouse()) {
      String operands = String.join(" ", verb.operands());
      out.printf("%s: %s%n%n", (verb.word() + " " + operands).strip(), verb.help());
      options(verb, out);
      more(verb).forEach(out::println);
      return;
    }
    out.println("Partita: reproducible generative models. Usage: [command] [--option=value ...]");
    out.println();
    for (Verb each : Verb.values()) {
      if (each != Verb.HELP) {
        out.printf("  %-28s %s%n", each.word(), each.help());
      }
    }
    out.println();
    options(Verb.RUN, out);
    out.println("Every other option is Beam's, as --flinkMaster=host:8081.");
    out.println(
        "Exit code: 0 done, 1 failed, 2 bad input, 3 stale (plan --exitCode), 130 stopped.");
  }

  /** What options alone do not tell. */
  private static List<String> more(Verb verb) {
    return switch (verb) {
      case GC ->
          List.of(
              "",
              "Kept are the artifacts of each experiment's latest run and of its latest run that",
              "succeeded, what is pinned, whatever was written or used within the grace time or",
              "since a run that is still going on began, and all that any of these was made from.",
              "Records and reports of runs stay; folders of runs that found nothing to do go too.");
      case VERIFY ->
          List.of(
              "",
              "Exit code 1 if anything is missing, cut short or changed; evict makes it anew.",
              "With --rerun the stages of that name are run again in scratch of their own, once at",
              "each --parallelism (1,2,4 unless said), and all bits compared with the artifact's;",
              "the other options choose the experiment as for run. The report shows the outcome.");
      case EVICT ->
          List.of(
              "",
              "What was made from it stays, and is used again if the new artifact comes out equal.");
      case PROVENANCE ->
          List.of(
              "",
              "Told of every ancestor: stage, keys, parameters, seed, digest of the code, numerics,",
              "engine, run and files with SHA-256; at the end the files from outside the store, with",
              "path, size and SHA-256. The text names the first files of each, --json all of them.");
      default -> List.of();
    };
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
