package partita.pipelines.bench;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a measuring process is to do.
 *
 * @param benchmark name of the benchmark
 * @param folder holds the input and takes scratch files
 * @param threads threads of the timed region, native ones and Java's together
 * @param sizes by name, as the peer's options
 * @param compare whether the answer is compared with the peer's in the folder, after the timing
 */
record WorkOrder(
    String benchmark, String folder, int threads, Map<String, Integer> sizes, boolean compare) {

  WorkOrder {
    sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
  }

  int size(String name) {
    Integer size = sizes.get(name);
    if (size == null) {
      throw new IllegalArgumentException(
          "Cannot measure %s: size '%s' is missing, found %s"
              .formatted(benchmark, name, sizes.keySet()));
    }
    return size;
  }
}
