package partita.transforms.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.op.NativeThreads;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.WorkArea;
import partita.schemas.table.PointTable;
import partita.schemas.table.TableWriter;

class ShardedStageTest {
  private static final String ACTION = "a".repeat(64);
  private static final ConcurrentLinkedQueue<Integer> RAN = new ConcurrentLinkedQueue<>();
  private static final ConcurrentLinkedQueue<Integer> THREADS = new ConcurrentLinkedQueue<>();

  private static final CyclicBarrier MEETING = new CyclicBarrier(2);

  @TempDir Path root;
  private ArtifactStore store;
  private WorkArea work;

  @BeforeEach
  void open() throws IOException {
    RAN.clear();
    THREADS.clear();
    store = ArtifactStores.open(root.toString());
    work = store.work(ACTION);
  }

  /** One row a shard; fails at one shard, or at none. */
  private record PointTask(int shards, int failing) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return shards;
    }

    @Override
    public boolean numeric() {
      return false;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws IOException {
      RAN.add(shard);
      if (shard == failing) {
        throw new IOException("Cannot read the moon: it is new");
      }
      try (TableWriter writer = context.writer("points", PointTable.schema(), 4)) {
        writer.append(1, new long[] {shard}, new int[] {0}, new float[] {shard, context.seed()});
        return new ShardResult(List.of(writer.commit()), Map.of("rows", 1L));
      }
    }
  }

  /** Notes the number of native threads on the thread that it runs on. */
  private record ThreadTask(boolean exclusive) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 3;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) {
      THREADS.add(NativeThreads.get());
      return ShardResult.of();
    }
  }

  @Test
  void everyShardRunsAndResultsAreInShardOrder() throws IOException {
    run(new PointTask(5, -1), 5);
    ShardResult result = ShardResults.collect(work, 5);
    assertEquals(Map.of("rows", 5L), result.counts());
    assertEquals(
        List.of(0, 1, 2, 3, 4).stream().map("points/%05d.arrow"::formatted).toList(),
        result.files().stream().map(FileEntry::name).toList());
    assertEquals(5, ShardResults.finished(work, 5));
  }

  @Test
  void aFailingShardNamesItsStageItselfAndTheReason() throws IOException {
    ShardRunner runner = ShardRunner.open(new PointTask(3, 1), stage(3));
    ShardFailedException failure = assertThrows(ShardFailedException.class, () -> runner.run(1));
    assertEquals("Stage draw, shard 2 of 3: Cannot read the moon: it is new", failure.getMessage());
    assertFalse(failure.interrupted());
  }

  @Test
  void aRunContinuesWithTheShardsThatLeftNoReceipt() throws IOException {
    ShardRunner killed = ShardRunner.open(new PointTask(4, -1), stage(4));
    killed.run(3);
    killed.run(0);
    assertEquals(2, ShardResults.finished(work, 4));
    IOException early = assertThrows(IOException.class, () -> ShardResults.collect(work, 4));
    assertEquals(
        "Cannot collect results: shard 2 of 4 left no receipt; run the stage again",
        early.getMessage());
    RAN.clear();
    run(new PointTask(4, -1), 4);
    assertEquals(Set.of(1, 2), Set.copyOf(RAN));
    assertEquals(4, ShardResults.collect(work, 4).files().size());
  }

  @Test
  void aShardWhoseFileIsGoneRunsAgain() throws IOException {
    run(new PointTask(3, -1), 3);
    Files.delete(store.blob(ShardResults.collect(work, 3).files().get(1)));
    RAN.clear();
    run(new PointTask(3, -1), 3);
    assertEquals(List.of(1), List.copyOf(RAN));
  }

  @Test
  void aRequestToStopIsHeardBeforeAShardBegins() throws IOException {
    StopSignal.raise(work);
    Exception error = assertThrows(Exception.class, () -> run(new PointTask(2, -1), 2));
    assertTrue(failure(error).interrupted());
    assertTrue(RAN.isEmpty());
    StopSignal.lower(work);
    run(new PointTask(2, -1), 2);
    assertEquals(2, RAN.size());
  }

  @Test
  void anInterruptedThreadStopsAndStaysInterrupted() throws IOException {
    ShardRunner runner = ShardRunner.open(new PointTask(1, -1), stage(1));
    Thread.currentThread().interrupt();
    try {
      ShardFailedException failure = assertThrows(ShardFailedException.class, () -> runner.run(0));
      assertTrue(failure.interrupted());
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertTrue(RAN.isEmpty());
  }

  @Test
  void exclusiveTasksGetAllThreadsAndOthersOne() {
    run(new ThreadTask(true), 3);
    assertEquals(List.of(2, 2, 2), List.copyOf(THREADS));
    THREADS.clear();
    store = reopen("b");
    run(new ThreadTask(false), 3);
    assertEquals(List.of(1, 1, 1), List.copyOf(THREADS));
  }

  /** Finishes when all of its shards are at work at the same time. */
  private record MeetingTask(boolean exclusive, int shards) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return shards;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      MEETING.await(exclusive ? 1 : 30, TimeUnit.SECONDS);
      return ShardResult.of();
    }
  }

  @Test
  void inferenceRunsSideBySideAndTrainingAlone() throws Exception {
    MEETING.reset();
    sideBySide(new MeetingTask(false, 2));
    assertEquals(2, ShardResults.finished(work, 2));

    work.clear();
    ExecutionException alone =
        assertThrows(ExecutionException.class, () -> sideBySide(new MeetingTask(true, 2)));
    // The shard that is first waits in vain; the other finds that the meeting is off.
    Throwable cause = failure(alone).getCause();
    assertTrue(
        cause instanceof TimeoutException || cause instanceof BrokenBarrierException,
        alone::toString);
    assertEquals(0, ShardResults.finished(work, 2));
  }

  private void sideBySide(ShardTask task) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      ShardRunner runner = ShardRunner.open(task, stage(2));
      Future<?> first = workers.submit(() -> runner.run(0));
      Future<?> second = workers.submit(() -> runner.run(1));
      first.get();
      second.get();
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void eachShardIsASplitSoThatAFreeWorkerTakesTheNext() throws Exception {
    List<ShardSource> splits = new ShardSource(0, 3).split(1000, PipelineOptionsFactory.create());
    List<Integer> read = new ArrayList<>();
    for (ShardSource split : splits) {
      try (BoundedReader<Integer> reader = split.createReader(PipelineOptionsFactory.create())) {
        assertTrue(reader.start());
        read.add(reader.getCurrent());
        assertFalse(reader.advance());
      }
    }
    assertEquals(List.of(0, 1, 2), read);
  }

  private ArtifactStore reopen(String name) {
    try {
      return ArtifactStores.open(root.resolve(name).toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private StageRun stage(int shards) {
    return new StageRun(
        "draw",
        store.root(),
        ACTION,
        new ShardInputs(Map.of(), Map.of()),
        new Execution("cpu", 2, 60),
        7,
        shards);
  }

  private void run(ShardTask task, int shards) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply("draw", ShardedStage.of(task, stage(shards)));
    pipeline.run().waitUntilFinish();
  }

  private static ShardFailedException failure(Throwable error) {
    Throwable cause = error;
    while (!(cause instanceof ShardFailedException)) {
      cause = cause.getCause();
    }
    return (ShardFailedException) cause;
  }
}
