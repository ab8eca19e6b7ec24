package partita.pipelines.dag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/** Small tasks on text, with a record of which shards ran and a way to hook into one. */
public final class Toys {
  public static final Execution CPU = new Execution("cpu", 1, 60);

  /** Shards that ran, {@code Emit:2}, in order of their beginning. */
  public static final Queue<String> RAN = new ConcurrentLinkedQueue<>();

  /** Code to run before a shard works, by {@code Emit:2}. */
  public static final Map<String, Callable<?>> BEFORE = new ConcurrentHashMap<>();

  private Toys() {}

  public static void reset() {
    RAN.clear();
    BEFORE.clear();
  }

  static BeamLauncher directRunner() {
    return new BeamLauncher(
        run -> {
          DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
          options.setTargetParallelism(2);
          return options;
        });
  }

  /** Runs shards one after the other without Beam. */
  public static StageLauncher sameThread() {
    return (task, run, store) -> {
      List<FileEntry> files = new ArrayList<>();
      Map<String, Long> counts = new TreeMap<>();
      for (int shard = 0; shard < run.shards(); shard++) {
        ShardContext context =
            new ShardContext(
                store,
                run.inputs(),
                store.work(run.actionKey()),
                run.execution(),
                run.seed(),
                shard);
        ShardResult result = task.run(shard, context);
        files.addAll(result.files());
        result.counts().forEach((name, count) -> counts.merge(name, count, Long::sum));
      }
      return new ShardResult(files, counts);
    };
  }

  /** A task whose bits depend on the machine. */
  record Trained(boolean exclusive) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) {
      return ShardResult.of();
    }
  }

  /** Writes a word, a shard each. */
  public record Emit(String word, int shards) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return shards;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      begin("Emit", shard);
      return write(context, word + shard + " seed " + context.seed());
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  /** Keeps the first characters of each input file. */
  public record Head(int characters) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return inputs.artifact("text").files().size();
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      begin("Head", shard);
      String text = text(context, context.input("text").files().get(shard));
      return write(context, text.substring(0, Math.min(characters, text.length())));
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  /** Joins all input files. */
  public record Join(String separator) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      begin("Join", shard);
      StringBuilder joined = new StringBuilder();
      for (FileEntry file : context.input("text").files()) {
        joined.append(text(context, file)).append(separator);
      }
      return write(context, joined.toString());
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  /** Copies a raw file. */
  record Copy() implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      String content = Files.readString(Path.of(context.inputs().file("raw")));
      begin("Copy", shard);
      return write(context, content);
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  private static void begin(String task, int shard) throws Exception {
    Callable<?> hook = BEFORE.get(task + ":" + shard);
    if (hook != null) {
      hook.call();
    }
    RAN.add(task + ":" + shard);
  }

  private static String text(ShardContext context, FileEntry file) throws IOException {
    return Files.readString(context.store().blob(file));
  }

  private static ShardResult write(ShardContext context, String text) throws IOException {
    Path file = Files.createTempFile(context.store().temporary(), "toy", ".txt");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    String name = "text/%05d.txt".formatted(context.shard());
    return new ShardResult(
        List.of(context.store().addBlob(file, name, 0, "", List.of())), Map.of("files", 1L));
  }

  /** All text of an artifact. */
  public static String text(partita.schemas.artifact.ArtifactStore store, Manifest manifest)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (FileEntry file : manifest.files()) {
      text.append(Files.readString(store.blob(file)));
    }
    return text.toString();
  }
}
