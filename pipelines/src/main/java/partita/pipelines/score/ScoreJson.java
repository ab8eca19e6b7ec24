package partita.pipelines.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures as JSON: a list of objects, a figure each. */
public final class ScoreJson {
  private ScoreJson() {}

  /** The list; {@code std} is null where there is none. */
  public static List<Map<String, Object>> of(ScoreOutcome outcome) {
    return outcome.figures().stream().map(ScoreJson::of).toList();
  }

  private static Map<String, Object> of(ScoreFigure figure) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("metric", figure.metric());
    object.put("value", figure.value());
    object.put("std", figure.std().isPresent() ? figure.std().getAsDouble() : null);
    object.put("protocol", figure.protocol());
    object.put("definition", figure.definition());
    object.put("network", figure.network());
    object.put("realCount", figure.realCount());
    object.put("generatedCount", figure.generatedCount());
    object.put("warnings", figure.warnings());
    return object;
  }
}
