package partita.runners.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import partita.infra.bench.PeerScripts;
import partita.pipelines.bench.BenchReport;
import partita.pipelines.bench.BenchSettings;
import partita.pipelines.bench.BenchmarkFailedException;
import partita.pipelines.bench.Benchmarks;
import partita.pipelines.bench.EarlierReport;
import partita.pipelines.bench.TemporaryFolder;
import partita.pipelines.dag.BadInputException;

/** The command {@code bench}. */
final class BenchCommand {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Settings settings;
  private final String mainClass;
  private final PrintStream out;
  private final PrintStream err;

  BenchCommand(Settings settings, String mainClass, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.mainClass = mainClass;
    this.out = out;
    this.err = err;
  }

  int run() throws IOException {
    Optional<EarlierReport> earlier = Optional.empty();
    if (settings.against().isPresent()) {
      earlier = Optional.of(EarlierReport.read(settings.against().get()));
    }
    Path results = Files.createDirectories(results());
    try (TemporaryFolder scripts = TemporaryFolder.create()) {
      PeerScripts.unpack(scripts.path());
      BenchSettings asked = settings.bench(scripts.path(), mainClass);
      earlier.ifPresent(report -> report.requireSame(asked));
      BenchReport report = Benchmarks.run(settings.selection().only(), asked, this::tell);
      Path file = results.resolve(report.started().replace(":", "") + ".json");
      Files.writeString(file, JSON.writeValueAsString(report) + "\n");
      settings.json().write(report, out, () -> BenchText.print(report, file, out));
      boolean worse = false;
      if (earlier.isPresent()) {
        EarlierReport.Comparison comparison = earlier.get().with(report);
        worse =
            Regressions.tell(
                comparison.figures(), comparison.worse(), settings.against().get(), err);
      }
      return report.failed() || worse ? CommandLine.FAILED : CommandLine.OK;
    } catch (BenchmarkFailedException e) {
      err.println(e.getMessage());
      return CommandLine.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("Stopped; nothing was kept");
      return CommandLine.INTERRUPTED;
    }
  }

  /** Results are kept beside the artifacts, where a later run finds them. */
  private Path results() {
    String artifacts = settings.artifacts();
    if (artifacts.contains("://")) {
      throw new BadInputException(
          "Cannot keep measurements in %s: expected a folder; name one by --artifacts"
              .formatted(artifacts));
    }
    return Path.of(artifacts, "bench");
  }

  private void tell(String message) {
    err.println(message);
  }
}
