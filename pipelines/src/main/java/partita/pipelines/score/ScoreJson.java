package partita.pipelines.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Figures as JSON: a list of objects, a figure each. */
public final class ScoreJson {
  private ScoreJson() {}

  /** The list; {@code std}, {@code low} and {@code high} are null where there is none. */
  public static List<Map<String, @Nullable Object>> of(ScoreOutcome outcome) {
    return outcome.figures().stream().map(ScoreJson::of).toList();
  }

  private static Map<String, @Nullable Object> of(ScoreFigure figure) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("metric", figure.metric());
    object.put("value", figure.value());
    object.put("std", orNull(figure.std()));
    object.put("low", orNull(figure.low()));
    object.put("high", orNull(figure.high()));
    object.put("protocol", figure.protocol());
    object.put("definition", figure.definition());
    object.put("network", figure.network());
    object.put("realCount", figure.realCount());
    object.put("generatedCount", figure.generatedCount());
    object.put("warnings", figure.warnings());
    return object;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
