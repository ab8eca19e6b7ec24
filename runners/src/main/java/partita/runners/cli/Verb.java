package partita.runners.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import partita.pipelines.dag.NearestName;

/** The first word of the command line: what to do. */
enum Verb {
  RUN("bring the experiment's artifacts up to date and write a report (default)"),
  PLAN("say what a run would do, and why"),
  STATUS("show the latest run of the experiment and how far it is"),
  REPORT("write the report of the latest run again"),
  REPRODUCE("run a table of a paper and print it beside ours; see reproduce --help"),
  SCORE("score any two sets of images or features against each other; see score --help"),
  BENCH("measure speed against what a user would pick instead, see bench --help"),
  IMPORT("show what a file of weights holds, or take it over with --as; see import --help", "FILE"),
  EXPORT(
      "write weights or images of an artifact as files; see export --help", "KEY|EXPERIMENT:STAGE"),
  DIFF(
      "compare two runs, named by the beginning of their ids, last or last~1; see diff --help",
      "RUN",
      "RUN"),
  GC("say what no run needs any more, and remove it with --delete; see gc --help"),
  VERIFY("read every artifact again and name what is damaged; see verify --help"),
  EVICT("disown an artifact, so that the next run makes it again", "KEY|EXPERIMENT:STAGE"),
  PROVENANCE(
      "show what an artifact was made from, down to the files; see provenance --help",
      "KEY|EXPERIMENT:STAGE"),
  PIN("keep a run or an artifact from gc for good", "RUN|KEY|EXPERIMENT:STAGE"),
  UNPIN("undo a pin", "RUN|KEY|EXPERIMENT:STAGE"),
  HELP("show this text");

  private final String help;
  private final List<String> operands;

  Verb(String help, String... operands) {
    this.help = help;
    this.operands = List.of(operands);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String help() {
    return help;
  }

  /** Names of the words that must follow it. */
  List<String> operands() {
    return operands;
  }

  /** Whether it reads or writes files of other programs. */
  boolean takesFiles() {
    return this == IMPORT || this == EXPORT;
  }

  /** Whether it looks after a store, whatever is in it. */
  boolean keepsHouse() {
    return List.of(DIFF, GC, VERIFY, EVICT, PROVENANCE, PIN, UNPIN).contains(this);
  }

  /** The verb of a word; the error for any other word names the nearest. */
  static Verb of(String word) {
    for (Verb verb : values()) {
      if (verb.word().equals(word)) {
        return verb;
      }
    }
    List<String> words = Arrays.stream(values()).map(Verb::word).toList();
    throw NearestName.unknown("command", word, words);
  }
}
