package partita.pipelines.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a stage's name: {@code sample@1000.3} is kind {@code sample}, step 1000, seed 3.
 *
 * @param step training step, -1 for a stage outside of the iteration
 * @param seed sampling seed, -1 where the name has none
 */
public record StageName(String kind, long step, int seed) {
  private static final Pattern NAME = Pattern.compile("(.+)@(\\d{1,15})(?:\\.(\\d{1,9}))?");

  /** The parts of a name; one without a step is all kind. */
  public static StageName parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return new StageName(name, -1, -1);
    }
    String seed = matcher.group(3);
    return new StageName(
        matcher.group(1),
        Long.parseLong(matcher.group(2)),
        seed == null ? -1 : Integer.parseInt(seed));
  }

  boolean iterated() {
    return step >= 0;
  }

  /** The name without its seed. */
  String withoutSeed() {
    return iterated() ? kind + "@" + step : kind;
  }
}
