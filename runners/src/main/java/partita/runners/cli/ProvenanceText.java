package partita.runners.cli;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import partita.pipelines.dag.RawSource.SourceFile;
import partita.pipelines.store.Ancestry;
import partita.pipelines.store.Ancestry.Input;
import partita.pipelines.store.Ancestry.Source;
import partita.pipelines.store.Ancestry.Step;

/** Provenance as a tree: an artifact, and indented below it what it was made from. */
final class ProvenanceText {
  /** Files of one artifact or source that are named; all of them are in the JSON. */
  private static final int MOST_FILES = 5;

  private static final int DIGITS = 12;

  private final Ancestry provenance;
  private final PrintStream out;
  private final Set<String> told = new HashSet<>();

  private ProvenanceText(Ancestry provenance, PrintStream out) {
    this.provenance = provenance;
    this.out = out;
  }

  static void print(Ancestry provenance, PrintStream out) {
    ProvenanceText text = new ProvenanceText(provenance, out);
    text.step(provenance.step(provenance.artifact()).orElseThrow(), "", "");
  }

  private void step(Step step, String input, String indent) {
    boolean first = told.add(step.actionKey());
    line(
        indent,
        "%s%s, artifact %s%s"
            .formatted(input, step.stage(), step.actionKey(), first ? "" : " (told above)"));
    if (!first) {
      return;
    }
    String deeper = indent + "  ";
    line(
        deeper,
        "made %s in %s by run %s"
            .formatted(step.created(), Amount.duration(step.seconds()), step.run()));
    line(
        deeper,
        "seed %d, code %s, numerics %s, engine %s"
            .formatted(step.seed(), digits(step.code()), step.numerics(), step.engine()));
    if (!step.parameters().isEmpty()) {
      line(
          deeper,
          "with "
              + step.parameters().entrySet().stream()
                  .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                  .collect(Collectors.joining(", ")));
    }
    files(
        step.files().stream().map(file -> file(file.name(), file.bytes(), file.sha256())).toList(),
        deeper);
    step.inputs().forEach(read -> input(read, deeper));
  }

  private void input(Input input, String indent) {
    String name = "<- " + input.name() + ": ";
    if (input.artifact().isEmpty()) {
      source(provenance.source(input.digest()).orElseThrow(), name, indent);
      return;
    }
    Optional<Step> step = provenance.step(input.artifact());
    if (step.isPresent()) {
      step(step.get(), name, indent);
      return;
    }
    provenance.missing().stream()
        .filter(missing -> missing.actionKey().equals(input.artifact()))
        .forEach(
            missing ->
                line(
                    indent,
                    "%sartifact %s, not known: %s"
                        .formatted(name, missing.actionKey(), missing.reason())));
  }

  private void source(Source source, String name, String indent) {
    if (!source.known()) {
      line(
          indent,
          "%sfiles from outside with digest %s, read before the store remembered where they lie; plan --rehash makes up for it"
              .formatted(name, digits(source.digest())));
      return;
    }
    boolean first = told.add(source.digest());
    line(indent, name + source.path() + (first ? "" : " (told above)"));
    if (first) {
      files(source.files().stream().map(ProvenanceText::file).toList(), indent + "  ");
    }
  }

  private static String file(SourceFile file) {
    return file(file.name().isEmpty() ? "the file" : file.name(), file.bytes(), file.sha256());
  }

  private static String file(String name, long bytes, String sha256) {
    return "%s, %s, sha256 %s".formatted(name, Amount.bytes(bytes), sha256);
  }

  private void files(List<String> files, String indent) {
    files.stream().limit(MOST_FILES).forEach(file -> line(indent, file));
    if (files.size() > MOST_FILES) {
      line(indent, "and %,d files more".formatted(files.size() - MOST_FILES));
    }
  }

  private static String digits(String digest) {
    return digest.length() > DIGITS ? digest.substring(0, DIGITS) : digest;
  }

  private void line(String indent, String text) {
    out.println(indent + text);
  }
}
