package partita.pipelines.dag;

import java.util.Map;

/**
 * One line of {@code events.jsonl}.
 *
 * @param time ISO-8601 instant
 * @param seconds seconds since the run began
 * @param stage stage name, empty for the run itself
 * @param kind {@code run-started}, {@code stage-started}, {@code progress}, {@code stage-waiting},
 *     {@code resources}, {@code stage-ended}, {@code run-ended}
 * @param message text for a person: a status, a reason, an error
 * @param values numbers: for {@code progress} done, total, rate and what the task watches
 */
public record RunEvent(
    String time,
    double seconds,
    String stage,
    String kind,
    String message,
    Map<String, Double> values) {}
