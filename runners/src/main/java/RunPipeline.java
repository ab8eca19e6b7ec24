import java.util.List;
import partita.pipelines.report.RunReport;
import partita.pipelines.system.Systems;
import partita.runners.cli.CommandLine;

/** Entry point named by the user's command line. */
public final class RunPipeline {
  private RunPipeline() {}

  public static void main(String[] args) {
    int code = CommandLine.FAILED;
    try {
      code =
          new CommandLine(
                  new Systems(System.err::println),
                  new RunReport(),
                  RunPipeline.class.getName(),
                  System.out,
                  System.err)
              .run(List.of(args));
    } catch (Throwable e) {
      // Threads of an embedded cluster that failed to start would keep the process alive.
      e.printStackTrace();
    }
    System.exit(code);
  }
}
