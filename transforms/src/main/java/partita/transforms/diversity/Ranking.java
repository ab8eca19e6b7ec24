package partita.transforms.diversity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.ConfidenceTable;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;

/** The samples of each class that a classifier is surest of, found in one pass over all samples. */
final class Ranking {
  /** Role of the table. */
  static final String CONFIDENCES = "confidences";

  private static final int ROWS_PER_BATCH = 1024;

  /** Surest first, equally sure ones in the order of their ids. */
  private static final Comparator<Entry> ORDER =
      Comparator.comparingDouble((Entry entry) -> -entry.confidence())
          .thenComparingLong(Entry::sample);

  private final int[] classes;
  private final int samples;
  private final List<PriorityQueue<Entry>> best = new ArrayList<>();

  private record Entry(long sample, double confidence) {}

  /**
   * @param classes that are ranked
   * @param samples kept of each
   */
  Ranking(int[] classes, int samples) {
    this.classes = classes.clone();
    this.samples = samples;
    for (int i = 0; i < classes.length; i++) {
      best.add(new PriorityQueue<>(ORDER.reversed()));
    }
  }

  /**
   * Takes note of a sample.
   *
   * @param confidences for the classes that are ranked, in [0, 1]
   */
  void add(long sample, double[] confidences) {
    for (int i = 0; i < confidences.length; i++) {
      PriorityQueue<Entry> queue = best.get(i);
      queue.add(new Entry(sample, confidences[i]));
      if (queue.size() > samples) {
        queue.remove();
      }
    }
  }

  /** Writes what was kept, a {@link ConfidenceTable}. */
  FileEntry write(ShardContext context) throws IOException {
    try (TableWriter writer =
        context.writer(CONFIDENCES, ConfidenceTable.schema(), ROWS_PER_BATCH)) {
      for (int i = 0; i < classes.length; i++) {
        List<Entry> sorted = best.get(i).stream().sorted(ORDER).toList();
        for (int rank = 0; rank < sorted.size(); rank++) {
          Entry entry = sorted.get(rank);
          writer.append(
              1,
              new int[] {classes[i]},
              new int[] {rank},
              new long[] {entry.sample()},
              new double[] {entry.confidence()});
        }
      }
      return writer.commit();
    }
  }
}
