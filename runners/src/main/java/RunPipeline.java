/** Entry point named by the user's command line. */
public final class RunPipeline {
  private RunPipeline() {}

  public static void main(String[] args) {
    System.exit(0);
  }
}
