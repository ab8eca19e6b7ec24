package partita.runners.flink;

import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** The environment that {@code ExecutionEnvironment.getExecutionEnvironment()} gives Beam. */
final class EmbeddedEnvironment extends ExecutionEnvironment {
  static final String TARGET = "partita-embedded";

  private EmbeddedEnvironment(
      PipelineExecutorServiceLoader executors, Configuration configuration, int parallelism) {
    super(executors, configuration, EmbeddedEnvironment.class.getClassLoader());
    setParallelism(parallelism);
  }

  /** Makes {@code cluster} the place where jobs of this process run. */
  static void install(MiniCluster cluster, Configuration configuration, int parallelism) {
    EmbeddedExecutors executors = new EmbeddedExecutors(cluster);
    initializeContextEnvironment(
        () -> new EmbeddedEnvironment(executors, new Configuration(configuration), parallelism));
  }

  static void uninstall() {
    resetContextEnvironment();
  }
}
