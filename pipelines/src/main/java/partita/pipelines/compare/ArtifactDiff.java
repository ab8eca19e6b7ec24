package partita.pipelines.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import partita.pipelines.compare.Change.Kind;
import partita.schemas.artifact.Manifest;

/** In what two artifacts of a stage differ. */
final class ArtifactDiff {
  private final List<Change> changes = new ArrayList<>();

  private ArtifactDiff() {}

  /** What went in and what came out, metrics apart. */
  static List<Change> of(Manifest before, Manifest after) {
    ArtifactDiff diff = new ArtifactDiff();
    diff.compare(Kind.PARAMETER, before.parameters(), after.parameters());
    diff.compare(Kind.SEED, Long.toString(before.seed()), Long.toString(after.seed()));
    diff.compare(Kind.CODE, before.code(), after.code());
    diff.compare(Kind.INPUT, before.inputs(), after.inputs());
    diff.compare(Kind.NUMERICS, before.numerics(), after.numerics());
    diff.compare(Kind.FORCED, Integer.toString(before.salt()), Integer.toString(after.salt()));
    diff.compare(Kind.OUTPUT, before.contentDigest(), after.contentDigest());
    return diff.changes;
  }

  private void compare(Kind kind, String before, String after) {
    if (!before.equals(after)) {
      changes.add(new Change(kind, "", before, after));
    }
  }

  private void compare(Kind kind, SortedMap<String, String> before, Map<String, String> after) {
    changes.addAll(changes(kind, before, after));
  }

  /** What differs in two maps, by name. */
  static List<Change> changes(Kind kind, Map<String, String> before, Map<String, String> after) {
    SortedMap<String, String> all = new TreeMap<>(before);
    all.putAll(after);
    List<Change> changes = new ArrayList<>();
    for (String name : all.keySet()) {
      String old = before.getOrDefault(name, "");
      String fresh = after.getOrDefault(name, "");
      if (!old.equals(fresh) || before.containsKey(name) != after.containsKey(name)) {
        changes.add(new Change(kind, name, old, fresh));
      }
    }
    return changes;
  }
}
