package partita.pipelines.dag;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;

/**
 * Whether running a stage again under the same key gave the same bits, {@code
 * refs/determinism/<action key>}.
 *
 * @param stage name of the stage
 * @param actionKey key of the artifact that was compared with
 * @param contentDigest its content: one that is made anew may have another
 * @param checks the latest check at each parallelism, the smallest first
 */
public record Determinism(
    String stage, String actionKey, String contentDigest, List<Check> checks) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "determinism/";

  public Determinism {
    checks = checks.stream().sorted(Comparator.comparingInt(Check::parallelism)).toList();
  }

  /**
   * One time that the stage was run again.
   *
   * @param parallelism shards side by side
   * @param differences names of files and facts that came out otherwise; none when all bits are the
   *     same
   * @param seconds wall-clock time
   * @param time ISO-8601 instant
   */
  public record Check(int parallelism, List<String> differences, double seconds, String time) {
    public Check {
      differences = List.copyOf(differences);
    }

    boolean same() {
      return differences.isEmpty();
    }
  }

  /** What is known of an artifact as it is now; no checks when it never was checked. */
  public static Determinism of(ArtifactStore store, Manifest artifact) throws IOException {
    Optional<byte[]> note = store.refs().read(PREFIX + artifact.actionKey());
    if (note.isPresent()) {
      Determinism known = JSON.readValue(note.get(), Determinism.class);
      if (artifact.contentDigest().equals(known.contentDigest)) {
        return known;
      }
    }
    return new Determinism(
        artifact.stage(), artifact.actionKey(), artifact.contentDigest(), List.of());
  }

  /** Remembers one more check, in place of an earlier one at the same parallelism. */
  Determinism add(ArtifactStore store, Check check) throws IOException {
    List<Check> others =
        checks.stream().filter(other -> other.parallelism() != check.parallelism()).toList();
    Determinism more =
        new Determinism(
            stage,
            actionKey,
            contentDigest,
            Stream.concat(others.stream(), Stream.of(check)).toList());
    store.refs().write(PREFIX + actionKey, JSON.writeValueAsBytes(more));
    return more;
  }

  /** Forgets an artifact that is not to be used again. */
  public static void forget(ArtifactStore store, String actionKey) throws IOException {
    store.refs().delete(PREFIX + actionKey);
  }

  /** {@code same bits at parallelism 1, 2}; empty when it never was checked. */
  public String text() {
    String same = parallelisms(true);
    String other = parallelisms(false);
    return Stream.of(
            same.isEmpty() ? "" : "same bits at parallelism " + same,
            other.isEmpty() ? "" : "other bits at parallelism " + other)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private String parallelisms(boolean same) {
    return checks.stream()
        .filter(check -> check.same() == same)
        .map(check -> Integer.toString(check.parallelism()))
        .collect(Collectors.joining(", "));
  }
}
