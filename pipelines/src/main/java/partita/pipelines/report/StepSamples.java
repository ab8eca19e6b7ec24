package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;

/**
 * The samples of one step, by the instance each was conditioned on.
 *
 * @param byInstance rows of the samples of each instance, in the order in which instances appear;
 *     {@link #UNCONDITIONED} where there is no instance
 */
record StepSamples(RunTables.Table table, Map<Long, List<Integer>> byInstance) {
  static final long UNCONDITIONED = -1;

  /** Tables of image samples, one for each step (that of the first seed), by step. */
  static List<RunTables.Table> bySteps(RunTables tables) {
    return bySteps(tables, SampleTable.NAME);
  }

  /** Tables of samples of one kind, one for each step (that of the first seed), by step. */
  static List<RunTables.Table> bySteps(RunTables tables, String kind) {
    Map<Long, RunTables.Table> first = new TreeMap<>();
    for (RunTables.Table table : tables.named(kind)) {
      if (table.rows() > 0) {
        first.merge(
            table.stage().step(),
            table,
            (one, other) -> other.stage().seed() < one.stage().seed() ? other : one);
      }
    }
    return List.copyOf(first.values());
  }

  /** The table of the last step. */
  static Optional<RunTables.Table> last(RunTables tables) {
    List<RunTables.Table> steps = bySteps(tables);
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }

  static StepSamples read(RunTables tables, RunTables.Table table) throws IOException {
    Map<Long, List<Integer>> rows = new LinkedHashMap<>();
    try (TableReader reader = tables.open(table)) {
      long[] instances = reader.longs(SampleTable.INSTANCE);
      for (int row = 0; row < instances.length; row++) {
        rows.computeIfAbsent(instances[row], absent -> new ArrayList<>()).add(row);
      }
    }
    return new StepSamples(table, rows);
  }

  boolean conditioned() {
    return !byInstance.containsKey(UNCONDITIONED);
  }

  /** At most {@code most} instances with the rows of their samples, evenly spaced. */
  Map<Long, List<Integer>> some(int most) {
    List<Long> all = List.copyOf(byInstance.keySet());
    Map<Long, List<Integer>> some = new LinkedHashMap<>();
    for (int index : Evenly.pick(all.size(), most)) {
      some.put(all.get(index), byInstance.getOrDefault(all.get(index), List.of()));
    }
    return some;
  }
}
