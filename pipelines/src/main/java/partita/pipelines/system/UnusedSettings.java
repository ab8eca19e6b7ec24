package partita.pipelines.system;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import partita.pipelines.system.SelfConditionedSettings.Method;

/**
 * Settings that a person changes for a method that does not look at them. They are said and not
 * refused: one that is for some rows of a table may be given for all.
 */
final class UnusedSettings {
  private static final Set<Method> ONLINE = EnumSet.of(Method.ONLINE);
  private static final Set<Method> CLUSTERING = EnumSet.of(Method.SELF_CONDITIONED, Method.ONLINE);

  /** Which methods look at a setting that not all do. */
  private static final Map<String, Set<Method>> USES =
      Map.of(
          "train.warmupSteps", ONLINE,
          "cluster.memory", ONLINE,
          "cluster.starvedSteps", ONLINE,
          "train.mixtureWeight", EnumSet.of(Method.MGAN),
          "cluster.every", EnumSet.of(Method.SELF_CONDITIONED),
          "cluster.subset", CLUSTERING,
          "cluster.restarts", CLUSTERING,
          "cluster.iterations", CLUSTERING,
          "cluster.matching", CLUSTERING,
          "cluster.initialization", CLUSTERING);

  private UnusedSettings() {}

  /**
   * A sentence for each that has no effect.
   *
   * @param overrides {@code train.batchSize=64}, as given
   */
  static List<String> of(SelfConditionedSettings settings, List<String> overrides) {
    Method method = settings.train().method();
    return overrides.stream()
        .map(override -> override.split("=", 2)[0].strip())
        .distinct()
        .filter(key -> USES.containsKey(key) && !USES.get(key).contains(method))
        .map(
            key ->
                "%s has no effect with train.method %s, but with %s"
                    .formatted(
                        key,
                        method.word(),
                        USES.get(key).stream()
                            .map(Method::word)
                            .collect(Collectors.joining(" or "))))
        .toList();
  }
}
