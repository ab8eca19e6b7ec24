package partita.runners.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The options that are ours; any other goes to Beam. */
enum Option {
  EXPERIMENT("experiment", "NAME", "experiment or YAML file (default: the built-in example)"),
  ARTIFACTS("artifacts", "ROOT", "where artifacts are kept (default: ./artifacts)"),
  DATA("data", "PATH", "your own data: a folder of images or a data set's files"),
  SET("set", "KEY=VALUE", "change a setting, as train.batchSize=64; may be repeated"),
  FROM("from", "STAGE", "run this stage and those that read it"),
  UNTIL("until", "STAGE", "run this stage and those that it reads"),
  ONLY("only", "STAGE", "run this stage alone; bench: measure these rows, as knn,kmeans"),
  FORCE("force", "STAGE", "run this stage again although it is up to date"),
  RUNNER("runner", "NAME", "FlinkRunner (default, embedded unless --flinkMaster) or DirectRunner"),
  PARALLELISM(
      "parallelism",
      "N",
      "shards run side by side (default: the cores, or a cluster's slots); changes no bit"),
  DEVICE("device", "auto|cpu|cuda", "where networks run (default: auto)"),
  THREADS("threads", "N", "native threads of a training; bench: of each side (default: the cores)"),
  CHECKPOINT_SECONDS("checkpointSeconds", "S", "most training time a crash may cost (default: 60)"),
  ON_BAD_IMAGE("onBadImage", "fail|skip", "what to do with an image that cannot be decoded"),
  REHASH("rehash", "", "read all raw input files again instead of trusting their times"),
  REAL("real", "SET", "reference: folder of images or maps, file of features, or artifact"),
  GENERATED("generated", "SET,...", "what is compared with it; of several, mean and deviation"),
  METRICS("metrics", "NAME,...", "what to compute: fid, is, kid, pr, prdc, lpips, miou, ..."),
  PROTOCOL("protocol", "NAME", "pytorch-fid, torch-fidelity, clean-fid, stylegan2-ada or ic-gan"),
  NETWORK(
      "network",
      "FILE",
      "weights that embed or segment images: file, artifact or name; of features, a name"),
  LPIPS("lpips", "FILE,FILE", "weights of AlexNet, VGG16 or SqueezeNet, and LPIPS v0.1's for it"),
  CLASSES("classes", "N", "number of classes of label maps, or of labels whose modes are counted"),
  LABELS(
      "labels", "FILE,...", "class of each row, .npy: the reference's, then the generated sets'"),
  CLASS_COUNTS("classCounts", "FILE", "training images of each class, .npy, for fid-stratified"),
  MIXTURE("mixture", "NAME", "what points come from: ring-paper, ring-code or grid"),
  DIVERSITY(
      "diversity", "ic-gan|inade", "subfolders are conditions or groups, for lpips-diversity"),
  MASKS("masks", "FOLDER", "masks of the regions whose noise changes, for mcsd, mocd, misd, moid"),
  LAYOUTS("layouts", "FOLDER", "layouts of miou where --real is the images of fsd"),
  RESIZE("resize", "SIDE", "bring images to a square: its center, PIL's bilinear filter"),
  BOOTSTRAP("bootstrap", "N", "95 % intervals of fid and is over N draws of generated rows"),
  ARROW("arrow", "FILE", "write the figures as an Arrow file too"),
  TABLE("table", "NAME", "table of a paper, as self-conditioned/1, or YAML file"),
  TRIALS("trials", "N", "trainings of each row, seeds counted up (default: 1)"),
  ROWS("rows", "NAME", "these rows of the table, as gan,ours (default: all)"),
  COLUMNS("columns", "NAME", "these columns, as ring or grid/modes (default: all)"),
  SIDE_BY_SIDE("sideBySide", "N", "trials that run at a time, a process each (default: 1)"),
  PLAN("plan", "", "say what would run and what each row lacks, and run nothing"),
  AGAINST("against", "FILE", "JSON of an earlier outcome: exit with 1 if a figure got worse"),
  MARKDOWN("markdown", "FILE", "write the outcome as Markdown too"),
  AS("as", "NETWORK", "take the file over as weights of this network, as resnet-50"),
  TO("to", "PATH", "new folder; or file NAME.safetensors for the only weights of an artifact"),
  JSON("json", "[FILE]", "print the outcome as JSON, or write it to FILE"),
  RERUN("rerun", "STAGE", "run this stage again beside its artifact and compare all bits"),
  GRACE("grace", "TIME", "how long what no run needs stays, as 7d or 2h (default: 7d)"),
  DELETE("delete", "", "remove what gc finds instead of only saying so"),
  LINEAGE(
      "lineage", "FILE|URL", "tell OpenLineage events to a file or server, as http://host:5000"),
  EXIT_CODE("exitCode", "", "plan: exit with 3 when something would run"),
  REPEATS("repeats", "N", "timed processes of each side, whose median counts (default: 5)"),
  SCALE("scale", "PART", "part of the full sizes for a quick look, not judged (default: 1)"),
  PYTHON("python", "FILE", "interpreter with the peers (default: /usr/bin/python3)"),
  HELP("help", "", "show this text");

  private final String label;
  private final String argument;
  private final String help;

  Option(String label, String argument, String help) {
    this.label = label;
    this.argument = argument;
    this.help = help;
  }

  String label() {
    return label;
  }

  /** Name of the value for the help; empty for a switch, in brackets when it may be left out. */
  String argument() {
    return argument;
  }

  String help() {
    return help;
  }

  /** Whether a value must follow. */
  boolean takesValue() {
    return !argument.isEmpty() && !argument.startsWith("[");
  }

  /** Whether the option may be given more than once, or hold a list separated by commas. */
  boolean repeatable() {
    return List.of(SET, FROM, UNTIL, ONLY, FORCE, ROWS, COLUMNS, GENERATED, METRICS, LABELS)
        .contains(this);
  }

  /** Whether a command heeds it; {@code verify} some of them only with {@link #RERUN}. */
  boolean isFor(Verb verb) {
    boolean stages =
        !List.of(Verb.BENCH, Verb.REPRODUCE, Verb.SCORE).contains(verb)
            && !verb.takesFiles()
            && !verb.keepsHouse();
    boolean runs = stages || verb == Verb.REPRODUCE || verb == Verb.SCORE || verb == Verb.VERIFY;
    return switch (this) {
      case REPEATS, SCALE, PYTHON -> verb == Verb.BENCH;
      case REAL, GENERATED, METRICS, PROTOCOL, NETWORK, LPIPS, RESIZE, BOOTSTRAP, ARROW ->
          verb == Verb.SCORE;
      case CLASSES, LABELS, CLASS_COUNTS, MIXTURE, DIVERSITY, MASKS, LAYOUTS -> verb == Verb.SCORE;
      case TABLE, TRIALS, ROWS, COLUMNS, SIDE_BY_SIDE, PLAN, MARKDOWN -> verb == Verb.REPRODUCE;
      case AGAINST -> verb == Verb.REPRODUCE || verb == Verb.BENCH;
      case AS -> verb == Verb.IMPORT;
      case TO -> verb == Verb.EXPORT;
      case GRACE, DELETE -> verb == Verb.GC;
      case RERUN -> verb == Verb.VERIFY;
      case LINEAGE -> List.of(Verb.RUN, Verb.SCORE, Verb.REPRODUCE, Verb.IMPORT).contains(verb);
      case ARTIFACTS, JSON, HELP -> true;
      case THREADS -> runs || verb == Verb.BENCH;
      case EXPERIMENT, ON_BAD_IMAGE -> stages || verb == Verb.VERIFY;
      case FROM, UNTIL, EXIT_CODE -> stages;
      case FORCE -> stages || verb == Verb.SCORE;
      case REHASH -> stages || verb == Verb.SCORE || verb == Verb.IMPORT || verb == Verb.VERIFY;
      case RUNNER -> runs || verb == Verb.IMPORT;
      case PARALLELISM, DEVICE, CHECKPOINT_SECONDS -> runs;
      case DATA, SET -> stages || verb == Verb.REPRODUCE || verb == Verb.VERIFY;
      case ONLY -> stages || verb == Verb.BENCH;
    };
  }

  /** Whether it is about running stages, which {@code verify} alone does not. */
  boolean needsRerun() {
    return !List.of(RERUN, ARTIFACTS, JSON, HELP).contains(this);
  }

  static Optional<Option> of(String label) {
    return Arrays.stream(values()).filter(option -> option.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Option::label).toList();
  }
}
