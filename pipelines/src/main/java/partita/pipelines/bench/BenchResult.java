package partita.pipelines.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one benchmark came to.
 *
 * @param name its name on the command line
 * @param title what was measured
 * @param sizes by name
 * @param threads of each side
 * @param ours seconds of our timed region
 * @param peer seconds of the peer's; null where there is none
 * @param peerVersion what the peer is, empty where there is none
 * @param reached the figure that is judged: ratio of the medians, or rate
 * @param unit of the figure, {@code x} for a ratio and {@code s} for seconds
 * @param target what it is to be, as text; empty without one
 * @param verdict whether it was reached
 * @param figures everything else by name: ratios of whole processes and of processor time, part of
 *     the machine's peak
 * @param notes sentences for the reader
 * @param oursRuns every one of our processes, in order
 * @param peerRuns every one of the peer's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchResult(
    String name,
    String title,
    Map<String, Integer> sizes,
    int threads,
    Series ours,
    @Nullable Series peer,
    String peerVersion,
    double reached,
    String unit,
    String target,
    Verdict verdict,
    Map<String, Double> figures,
    List<String> notes,
    List<Measurement> oursRuns,
    List<Measurement> peerRuns) {

  public BenchResult {
    sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
    figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    notes = List.copyOf(notes);
    oursRuns = List.copyOf(oursRuns);
    peerRuns = List.copyOf(peerRuns);
  }

  /** What a row without a peer came to. */
  static BenchResult alone(
      String name,
      String title,
      Map<String, Integer> sizes,
      int threads,
      List<Measurement> runs,
      double reached,
      Target target,
      boolean fullSize,
      Map<String, Double> figures,
      List<String> notes) {
    return new BenchResult(
        name,
        title,
        sizes,
        threads,
        Series.of(runs, Measurement::seconds),
        null,
        "",
        reached,
        target.unit(),
        target.text(),
        Verdict.of(target.met(reached), Answer.NONE, fullSize),
        figures,
        notes,
        runs,
        List.of());
  }

  /** The figure that is judged with its unit, {@code 0.56x}. */
  public String reachedText() {
    return Target.text(reached, unit);
  }
}
