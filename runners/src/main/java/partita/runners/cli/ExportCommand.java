package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import partita.pipelines.exchange.ArtifactExport;
import partita.pipelines.exchange.ExportOutcome;
import partita.schemas.artifact.ArtifactStore;

/** The command {@code export}. */
final class ExportCommand {
  private final Settings settings;
  private final PrintStream out;

  ExportCommand(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  int run() throws IOException {
    ArtifactStore store = CommandLine.open(settings);
    ExportOutcome outcome = ArtifactExport.of(store, settings.operand()).write(settings.target());
    settings.json().write(outcome, out, () -> print(outcome));
    return CommandLine.OK;
  }

  private void print(ExportOutcome outcome) {
    out.printf("Stage %s, artifact %s%n", outcome.stage(), outcome.artifact());
    for (ExportOutcome.Written written : outcome.written()) {
      out.printf(
          "  %s: %,d %s in %s%n",
          written.role(),
          written.count(),
          written.path().endsWith(".safetensors") ? "tensors" : "images",
          written.path());
    }
    if (!outcome.leftOut().isEmpty()) {
      out.println("  left out: " + String.join(", ", outcome.leftOut()));
    }
  }
}
