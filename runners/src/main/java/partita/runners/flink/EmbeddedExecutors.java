package partita.runners.flink;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.util.function.FunctionUtils;

/** Hands jobs to a cluster that is already there and leaves it running. */
final class EmbeddedExecutors
    implements PipelineExecutorServiceLoader, PipelineExecutorFactory, PipelineExecutor {
  private final MiniCluster cluster;

  EmbeddedExecutors(MiniCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(getName());
  }

  @Override
  public String getName() {
    return EmbeddedEnvironment.TARGET;
  }

  @Override
  public boolean isCompatibleWith(Configuration configuration) {
    return true;
  }

  @Override
  public PipelineExecutor getExecutor(Configuration configuration) {
    return this;
  }

  @Override
  public CompletableFuture<JobClient> execute(
      Pipeline pipeline, Configuration configuration, ClassLoader userClasses) throws Exception {
    JobGraph job = PipelineExecutorUtils.getJobGraph(pipeline, configuration, userClasses);
    return cluster
        .submitJob(job)
        .thenApply(
            FunctionUtils.uncheckedFunction(
                submitted -> {
                  ClientUtils.waitUntilJobInitializationFinished(
                      () -> cluster.getJobStatus(submitted.getJobID()).get(),
                      () -> cluster.requestJobResult(submitted.getJobID()).get(),
                      userClasses);
                  return new MiniClusterJobClient(
                      submitted.getJobID(), cluster, userClasses, JobFinalizationBehavior.NOTHING);
                }));
  }
}
