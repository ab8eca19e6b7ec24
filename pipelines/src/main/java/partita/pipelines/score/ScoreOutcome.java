package partita.pipelines.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.pipelines.dag.RunRecord;

/**
 * What came of a request.
 *
 * @param record the run
 * @param figures in the order of the metrics; none when the run did not end well
 * @param badData what is wrong with the user's files, if that ended the run
 */
public record ScoreOutcome(RunRecord record, List<ScoreFigure> figures, Optional<String> badData) {

  public ScoreOutcome {
    figures = List.copyOf(figures);
  }

  /** Every warning once. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    figures.forEach(figure -> warnings.addAll(figure.warnings()));
    return warnings.stream().distinct().toList();
  }
}
