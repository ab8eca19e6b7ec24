package partita.runners.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line over {@link ToyExperiments}, with artifacts in a folder; what it prints is kept.
 */
final class ToyTerminal {
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  ToyTerminal(Path folder) {
    this.folder = folder;
  }

  /** Runs a command; what earlier ones printed is forgotten. */
  int run(List<String> words) {
    out.reset();
    err.reset();
    ToyExperiments toy = new ToyExperiments();
    List<String> all = new ArrayList<>(words);
    all.add("--artifacts=" + folder.resolve("artifacts"));
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new CommandLine(toy, toy, ToyMain.class.getName(), print, errors).run(all);
  }

  int run(String... words) {
    return run(List.of(words));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
