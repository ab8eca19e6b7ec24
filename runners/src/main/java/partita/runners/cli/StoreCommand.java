package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import partita.pipelines.compare.RunDiff;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.store.Ancestry;
import partita.pipelines.store.Eviction;
import partita.pipelines.store.Garbage;
import partita.pipelines.store.GarbageCollector;
import partita.pipelines.store.Pin;
import partita.pipelines.store.Pins;
import partita.pipelines.store.Verification;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;

/** The commands that look after a store: {@code diff gc verify evict provenance pin unpin}. */
final class StoreCommand {
  private final Settings settings;
  private final PrintStream out;
  private final PrintStream err;

  StoreCommand(Settings settings, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  int run() throws IOException {
    requireStore(settings);
    ArtifactStore store = CommandLine.open(settings);
    return switch (settings.verb()) {
      case DIFF -> diff(store);
      case GC -> collect(store);
      case VERIFY -> verify(store);
      case EVICT -> evict(store);
      case PROVENANCE -> provenance(store);
      case PIN -> pin(new Pins(store).pin(settings.operand()), "Pinned");
      case UNPIN -> pin(new Pins(store).unpin(settings.operand()), "No longer pinned:");
      default -> throw new IllegalStateException("Cannot do " + settings.verb() + " to a store");
    };
  }

  private int diff(ArtifactStore store) throws IOException {
    RunDiff diff = RunDiff.of(store, settings.operands().get(0), settings.operands().get(1));
    settings.json().write(diff, out, () -> DiffText.print(diff, out));
    return CommandLine.OK;
  }

  private int collect(ArtifactStore store) throws IOException {
    GarbageCollector collector = new GarbageCollector(store);
    Garbage found = collector.find(settings.grace());
    Garbage told = settings.delete() ? collector.remove(found) : found;
    boolean deleted = settings.delete();
    settings
        .json()
        .write(GarbageJson.of(told, deleted), out, () -> GarbageText.print(told, deleted, out));
    return CommandLine.OK;
  }

  private int verify(ArtifactStore store) throws IOException {
    PrintStream text = settings.json().takesOutput() ? err : out;
    RewrittenLine line = new RewrittenLine(text, Duration.ofSeconds(30));
    line.begin("Reading " + store.root(), "Reading " + store.root());
    Verification.Outcome outcome =
        Verification.of(
            store,
            (bytes, of) ->
                line.progress("%s of %s read".formatted(Amount.bytes(bytes), Amount.bytes(of))));
    line.line(VerificationText.summary(outcome));
    settings.json().write(outcome, out, () -> VerificationText.print(outcome, out));
    return outcome.damages().isEmpty() ? CommandLine.OK : CommandLine.FAILED;
  }

  private int evict(ArtifactStore store) throws IOException {
    Eviction evicted = Eviction.of(store, settings.operand());
    settings
        .json()
        .write(
            evicted,
            out,
            () ->
                out.printf(
                    "Evicted artifact %s, to which %s led; the next run makes it again%n",
                    evicted.actionKey(), Amount.count(evicted.recipes().size(), "recipe")));
    return CommandLine.OK;
  }

  private int provenance(ArtifactStore store) throws IOException {
    Ancestry provenance = Ancestry.of(store, settings.operand());
    settings.json().write(provenance, out, () -> ProvenanceText.print(provenance, out));
    return CommandLine.OK;
  }

  private int pin(Pin pin, String done) throws IOException {
    settings
        .json()
        .write(
            pin, out, () -> out.printf("%s %s %s (%s)%n", done, pin.kind(), pin.id(), pin.label()));
    return CommandLine.OK;
  }

  /** A misspelled folder must not become a store in which all is well. */
  static void requireStore(Settings settings) throws IOException {
    if (!ArtifactStores.isThere(settings.artifacts())) {
      throw new BadInputException(
          "Cannot %s: there is no artifact store in %s; name one by --artifacts"
              .formatted(settings.verb().word(), settings.artifacts()));
    }
  }
}
