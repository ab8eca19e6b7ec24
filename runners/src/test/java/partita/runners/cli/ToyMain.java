package partita.runners.cli;

import java.util.List;

/** {@code RunPipeline} over the toy experiment, for tests in a process of their own. */
public final class ToyMain {
  private ToyMain() {}

  public static void main(String[] args) {
    ToyExperiments toy = new ToyExperiments();
    System.exit(
        new CommandLine(toy, toy, ToyMain.class.getName(), System.out, System.err)
            .run(List.of(args)));
  }
}
