package partita.pipelines.dag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import partita.schemas.artifact.Manifest;

/**
 * Why a stage is stale: how it differs from the committed artifact of the same stage that is most
 * like it, the latest of equals.
 *
 * @param nearest that artifact, if the stage ever ran
 * @param differences old and new value of what changed, for a person; empty when nothing did
 */
record StaleReason(Optional<Manifest> nearest, List<String> differences) {
  private static final int SHOWN = 3;

  /**
   * Compares a stage with the artifacts of the store.
   *
   * @param inputs digests of the input artifacts as far as they are known
   */
  static StaleReason of(
      StageIdentity identity, SortedMap<String, String> inputs, List<Manifest> artifacts) {
    SortedMap<String, String> digests = new TreeMap<>(inputs);
    digests.putAll(identity.raw());
    return artifacts.stream()
        .filter(artifact -> artifact.stage().equals(identity.stage().name()))
        .map(past -> new StaleReason(Optional.of(past), differences(identity, digests, past)))
        .min(
            Comparator.comparingInt((StaleReason reason) -> reason.differences().size())
                .thenComparing(StaleReason::created, Comparator.reverseOrder()))
        .orElse(new StaleReason(Optional.empty(), List.of("first time")));
  }

  private String created() {
    return nearest.orElseThrow().provenance().created();
  }

  /** The differences as one line. */
  String text() {
    String shown = String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size())));
    int more = differences.size() - SHOWN;
    return more > 0 ? shown + "; and %d more".formatted(more) : shown;
  }

  private static List<String> differences(
      StageIdentity identity, SortedMap<String, String> digests, Manifest past) {
    List<String> differences = new ArrayList<>();
    if (identity.salt() != past.salt()) {
      differences.add("forced");
    }
    compare(past.parameters(), identity.parameters(), differences);
    if (identity.stage().seed() != past.seed()) {
      differences.add("seed changed %d -> %d".formatted(past.seed(), identity.stage().seed()));
    }
    if (!identity.code().equals(past.code())) {
      differences.add("code changed");
    }
    digests.forEach(
        (name, digest) -> {
          if (!digest.equals(past.inputs().get(name))) {
            differences.add("input %s changed".formatted(name));
          }
        });
    Set<String> named = identity.inputNames();
    past.inputs().keySet().stream()
        .filter(name -> !named.contains(name))
        .forEach(name -> differences.add("input %s left out".formatted(name)));
    if (!identity.numerics().equals(past.numerics())) {
      differences.add(
          "numerics changed (%s) -> (%s)".formatted(past.numerics(), identity.numerics()));
    }
    return differences;
  }

  private static void compare(
      Map<String, String> past, Map<String, String> now, List<String> differences) {
    SortedMap<String, String> all = new TreeMap<>(past);
    all.putAll(now);
    for (String name : all.keySet()) {
      String before = past.get(name);
      String after = now.get(name);
      if (!Objects.equals(before, after)) {
        differences.add(
            "parameter %s changed %s -> %s"
                .formatted(
                    name, before == null ? "absent" : before, after == null ? "absent" : after));
      }
    }
  }
}
