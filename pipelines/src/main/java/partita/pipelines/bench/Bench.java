package partita.pipelines.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import partita.pipelines.process.ForkedJvm;

/** What the rows of one run share: settings, scratch, processes, and what the machine can do. */
final class Bench {
  private final BenchSettings settings;
  private final Path folder;
  private final Consumer<String> listener;
  private final ChildProcess processes;
  private @Nullable MachinePeak peak;

  /**
   * @param folder for scratch files
   * @param listener is told what is being measured
   */
  Bench(BenchSettings settings, Path folder, Consumer<String> listener) {
    this.settings = settings;
    this.folder = folder;
    this.listener = listener;
    this.processes = new ChildProcess(folder, settings.threads());
  }

  BenchSettings settings() {
    return settings;
  }

  Path folder() {
    return folder;
  }

  ChildProcess processes() {
    return processes;
  }

  void tell(String message) {
    listener.accept(message);
  }

  /**
   * The machine's peak with as many threads as the benchmarks have, measured when first asked for.
   */
  MachinePeak peak() throws IOException, InterruptedException {
    if (peak == null) {
      tell("measuring what the machine can do at most");
      peak =
          MachinePeak.of(
              ours(
                  new WorkOrder(
                      MachinePeak.NAME, folder.toString(), settings.threads(), Map.of(), false)));
    }
    return peak;
  }

  /** Measures our side in a fresh JVM. */
  Measurement ours(WorkOrder order) throws IOException, InterruptedException {
    return ours(order, List.of());
  }

  /**
   * Measures our side in a fresh JVM.
   *
   * @param flags for it, which have the last word
   */
  Measurement ours(WorkOrder order, List<String> flags) throws IOException, InterruptedException {
    String json = MeasuringProcess.JSON.writeValueAsString(order);
    List<String> command =
        ForkedJvm.command(folder, MeasuringProcess.class.getName(), List.of(json));
    command.addAll(command.indexOf("-cp"), flags);
    return measured(order.benchmark(), command);
  }

  /** Measures a peer in a fresh interpreter. */
  Measurement theirs(Peer peer, Map<String, Integer> sizes, List<String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(settings.python());
    command.add(settings.scripts().resolve(peer.script()).toString());
    command.addAll(peer.arguments());
    command.add("--threads=" + settings.threads());
    sizes.forEach((name, size) -> command.add("--" + name + "=" + size));
    command.addAll(more);
    return measured(peer.name(), command);
  }

  private Measurement measured(String what, List<String> command)
      throws IOException, InterruptedException {
    ChildProcess.Ended ended = processes.succeed(what, command);
    try {
      return Measurement.parse(ended.lastLine(), ended.seconds());
    } catch (IllegalArgumentException e) {
      throw new BenchmarkFailedException("Cannot measure %s: %s".formatted(what, e.getMessage()));
    }
  }
}
