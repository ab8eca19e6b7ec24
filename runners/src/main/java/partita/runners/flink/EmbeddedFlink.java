package partita.runners.flink;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.beam.runners.flink.FlinkPipelineOptions;

/**
 * Settings of the Flink cluster that lives in this process, and the folder for what it leaves
 * behind.
 *
 * <p>Flink loads a job's classes with the system class loader when the job brings no files of its
 * own (FLINK-36550). Under {@code exec:java} our classes are not there. A {@code
 * pipeline.classpaths} with an empty folder makes Flink build a class loader whose parent is ours.
 */
final class EmbeddedFlink implements AutoCloseable {
  /**
   * A training may keep every core busy for a while; that is no reason to give a worker up. Threads
   * of the native engine outlive a job and may still ask its class loader.
   */
  private static final String PATIENCE =
      """
      heartbeat.timeout: 600000
      pekko.ask.timeout: 600 s
      classloader.check-leaked-classloader: false
      """;

  private final Path folder;

  private EmbeddedFlink(Path folder) {
    this.folder = folder;
  }

  /**
   * Prepares a folder.
   *
   * @param parent a folder that is swept when this process is gone
   */
  static EmbeddedFlink open(Path parent) throws IOException {
    Path folder = Files.createTempDirectory(parent, "flink");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path configuration = Files.createDirectory(folder.resolve("conf"));
    StringBuilder yaml = new StringBuilder();
    yaml.append("io.tmp.dirs: ").append(temporary).append('\n');
    yaml.append("web.tmpdir: ").append(temporary).append('\n');
    yaml.append("web.upload.dir: ").append(temporary).append('\n');
    yaml.append(PATIENCE);
    if (!systemLoaderHasUs()) {
      yaml.append("pipeline.classpaths: ").append(empty.toUri()).append('\n');
    }
    Files.writeString(configuration.resolve("config.yaml"), yaml);
    return new EmbeddedFlink(folder);
  }

  private static boolean systemLoaderHasUs() {
    ClassLoader ours = EmbeddedFlink.class.getClassLoader();
    return ours != null && ours.equals(ClassLoader.getSystemClassLoader());
  }

  void configure(FlinkPipelineOptions options) {
    if (options.getFlinkConfDir() == null) {
      options.setFlinkConfDir(folder.resolve("conf").toString());
    }
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE; // Flink deletes its own files at the same time
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
