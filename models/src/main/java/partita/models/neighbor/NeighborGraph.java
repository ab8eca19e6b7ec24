package partita.models.neighbor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import partita.models.op.NativeThreads;
import partita.models.row.RowSource;

/**
 * The exact k-NN graph of a set of rows with itself on one machine: its {@link GraphShard}s side by
 * side, each on one thread. The engine is set to one native thread.
 */
public final class NeighborGraph {
  private NeighborGraph() {}

  /**
   * Computes the whole graph.
   *
   * @param rows features {@code [N, D]}
   * @param k neighbors of each row, 1 to N - 1
   * @param blockRows as in {@link PairShards#of}
   * @param threads shards at a time; each has memory of its own
   * @return the k nearest other rows of each row
   * @throws InterruptedException when the thread was interrupted; no shard runs on
   * @throws IllegalArgumentException when there are not more than {@code k} rows, or a value is NaN
   *     or infinite
   * @throws ArithmeticException when inner products overflow float32
   */
  public static NeighborLists of(
      RowSource rows, Similarity similarity, int k, int blockRows, int threads)
      throws InterruptedException {
    PairShards shards = PairShards.of(rows.rows(), k, blockRows);
    NeighborLists graph = NeighborLists.empty(0, Math.toIntExact(rows.rows()), k);
    List<Callable<@Nullable Void>> work = new ArrayList<>();
    for (int s = 0; s < shards.blocks(); s++) {
      int shard = s;
      work.add(
          () -> {
            search(rows, similarity, shards, shard, graph);
            return null;
          });
    }
    run(work, threads);
    return graph;
  }

  private static void search(
      RowSource rows, Similarity similarity, PairShards shards, int number, NeighborLists graph)
      throws InterruptedException {
    NativeThreads.set(1);
    try (GraphShard shard = new GraphShard(rows, similarity, shards, number)) {
      for (int i = 0; i < shard.steps(); i++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("stopped in shard %d".formatted(number));
        }
        shard.step();
      }
      synchronized (graph) {
        shard.finish().forEach(graph::merge);
      }
    }
  }

  /** Does all of the work, or none that is left once a part has failed. */
  private static void run(List<Callable<@Nullable Void>> work, int threads)
      throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      CompletionService<@Nullable Void> done = new ExecutorCompletionService<>(workers);
      work.forEach(done::submit);
      for (int i = 0; i < work.size(); i++) {
        done.take().get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      workers.shutdownNow();
      workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
  }
}
