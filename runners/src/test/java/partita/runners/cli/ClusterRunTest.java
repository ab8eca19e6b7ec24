package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The toy experiment on a cluster that is reached through its REST interface and restarts jobs, as
 * the one of {@code infra/flink} does; its TaskManagers are threads here.
 */
class ClusterRunTest {
  @TempDir private static Path shared;
  private static MiniCluster cluster;
  private static String master;

  @TempDir private Path folder;
  private ToyTerminal terminal;

  @BeforeAll
  static void startCluster() throws Exception {
    RunLogFile.quiet();
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.PORT, 0);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(CoreOptions.TMP_DIRS, shared.toString());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(1)
                .build());
    cluster.start();
    master = "--flinkMaster=127.0.0.1:" + cluster.getRestAddress().get().getPort();
  }

  @AfterAll
  static void stopCluster() throws Exception {
    cluster.close();
  }

  @BeforeEach
  void openTerminal() {
    terminal = new ToyTerminal(folder);
  }

  private static int jobs() throws Exception {
    return cluster.listJobs().get().size();
  }

  @Test
  void stagesRunAsJobsAndAFinishedPlanSubmitsNone() throws Exception {
    int before = jobs();
    assertEquals(CommandLine.OK, terminal.run(master), terminal::err);
    assertTrue(terminal.out().contains("2 stages ran"), terminal::out);
    assertEquals(before + 2, jobs());
    assertEquals(CommandLine.OK, terminal.run(master), terminal::err);
    assertTrue(terminal.out().contains("Nothing to do"), terminal::out);
    assertEquals(before + 2, jobs());
  }

  @Test
  void aShardThatFailsByItselfSaysWhyAndIsNotTriedAgain() throws Exception {
    assertEquals(CommandLine.FAILED, terminal.run(master, "--set=count.failAt=3"));
    assertTrue(terminal.err().contains("Stage count, shard "), terminal::err);
    assertTrue(terminal.err().contains(" of 4: Cannot count past 3\n"), terminal::err);
    JobStatusMessage failed =
        cluster.listJobs().get().stream()
            .filter(job -> job.getJobState().name().equals("FAILED"))
            .findFirst()
            .orElseThrow();
    for (AccessExecutionVertex vertex :
        cluster.getExecutionGraph(failed.getJobId()).get().getAllExecutionVertices()) {
      assertEquals(0, vertex.getCurrentExecutionAttempt().getAttemptNumber());
    }
  }

  @Test
  void moreShardsThanSlotsAreRefusedBeforeAJobWaitsForThem() {
    assertEquals(CommandLine.FAILED, terminal.run(master, "--parallelism=3"));
    assertTrue(
        terminal
            .err()
            .contains("Cannot run 3 shards of count side by side: the cluster at 127.0.0.1:"),
        terminal::err);
    assertTrue(terminal.err().contains(" has 2 slots;"), terminal::err);
  }

  @Test
  void aMasterThatIsNoneIsBadInputAndOneThatDoesNotAnswerFailsAtOnce() {
    assertEquals(CommandLine.BAD_INPUT, terminal.run("--flinkMaster=[remote]"));
    assertEquals(CommandLine.BAD_INPUT, terminal.run(master, "--runner=DirectRunner"));
    assertTrue(terminal.err().contains("expected FlinkRunner"), terminal::err);
    assertEquals(CommandLine.FAILED, terminal.run("--flinkMaster=127.0.0.1:1"));
    assertTrue(terminal.err().contains("no Flink cluster answers there; start one"), terminal::err);
    assertFalse(terminal.err().contains("Exception"), terminal::err);
  }
}
