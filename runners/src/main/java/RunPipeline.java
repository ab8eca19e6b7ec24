import java.util.List;
import java.util.ServiceLoader;
import partita.pipelines.dag.ExperimentLoader;
import partita.pipelines.dag.ReportRenderer;
import partita.runners.cli.CommandLine;

/** Entry point named by the user's command line. */
public final class RunPipeline {
  private RunPipeline() {}

  public static void main(String[] args) {
    int code = CommandLine.FAILED;
    try {
      CommandLine commands =
          new CommandLine(
              service(ExperimentLoader.class),
              service(ReportRenderer.class),
              System.out,
              System.err);
      code = commands.run(List.of(args));
    } catch (Throwable e) {
      // Threads of an embedded cluster that failed to start would keep the process alive.
      e.printStackTrace();
    }
    System.exit(code);
  }

  private static <T> T service(Class<T> type) {
    return ServiceLoader.load(type, RunPipeline.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("Cannot start: no " + type.getName() + " installed"));
  }
}
