package partita.runners.flink;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.jspecify.annotations.Nullable;

/**
 * One Flink cluster in this process for all stages of a run, where Beam's {@code [auto]} master
 * finds it. Flink's own local mode starts a cluster a job, which costs two seconds of processor
 * time; a job on this one costs a fifth of that.
 */
final class EmbeddedFlink implements AutoCloseable {
  private final Path folder;
  private final MiniCluster cluster;

  private EmbeddedFlink(Path folder, MiniCluster cluster) {
    this.folder = folder;
    this.cluster = cluster;
  }

  /**
   * Starts the cluster.
   *
   * @param slots subtasks side by side
   * @param parent a folder that is swept when this process is gone
   */
  static EmbeddedFlink start(int slots, Path parent) throws IOException {
    Path folder = Files.createTempDirectory(parent, "flink");
    Configuration configuration = configuration(folder);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    EmbeddedFlink embedded = new EmbeddedFlink(folder, cluster);
    try {
      cluster.start();
    } catch (Exception e) {
      embedded.close();
      throw new IOException("Cannot start embedded Flink: " + e.getMessage(), e);
    }
    EmbeddedEnvironment.install(cluster, configuration, slots);
    return embedded;
  }

  private static Configuration configuration(Path folder) throws IOException {
    String temporary = Files.createDirectory(folder.resolve("tmp")).toString();
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, temporary);
    configuration.set(WebOptions.TMP_DIR, temporary);
    configuration.set(WebOptions.UPLOAD_DIR, temporary);
    configuration.set(RestOptions.PORT, 0);
    configuration.set(DeploymentOptions.TARGET, EmbeddedEnvironment.TARGET);
    configuration.set(DeploymentOptions.ATTACHED, true);
    // A training may keep every core busy for a while; that is no reason to give a worker up.
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(10).toMillis());
    configuration.setString("pekko.ask.timeout", "600 s");
    // Threads of the native engine outlive a job and may still ask its class loader.
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    if (!systemLoaderHasUs()) {
      // Flink loads a job's classes with the system class loader when the job brings no files of
      // its own (FLINK-36550); under exec:java ours are not there. An empty folder makes it build
      // a loader whose parent is ours.
      Path empty = Files.createDirectory(folder.resolve("empty"));
      configuration.set(PipelineOptions.CLASSPATHS, List.of(empty.toUri().toString()));
    }
    return configuration;
  }

  private static boolean systemLoaderHasUs() {
    ClassLoader ours = EmbeddedFlink.class.getClassLoader();
    return ours != null && ours.equals(ClassLoader.getSystemClassLoader());
  }

  @Override
  public void close() throws IOException {
    EmbeddedEnvironment.uninstall();
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IOException("Cannot stop embedded Flink: " + e.getMessage(), e);
    } finally {
      Files.walkFileTree(folder, new Deletion());
    }
  }

  /** Flink deletes some of its own files at the same time. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
