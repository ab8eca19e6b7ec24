package partita.schemas.artifact;

import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one committed artifact is and how it came to be. Written last and create-if-absent: an
 * artifact exists exactly when its manifest does.
 *
 * @param storeVersion schema version of the store that wrote it
 * @param stage stage name, {@code neighbors}
 * @param actionKey key that selects the artifact: recipe with the inputs' content digests
 * @param recipeKey key known before anything ran: recipe with the inputs' recipe keys
 * @param parameters resolved parameters, name to canonical text
 * @param seed seed of the stage's randomness
 * @param code digest of the bytecode the stage's task can reach
 * @param numerics numerics fingerprint, or {@code none} for a stage whose bits do not depend on the
 *     machine
 * @param salt generation of forced reruns, 0 at first
 * @param inputs input name to content digest
 * @param inputActions input name to the action key of the artifact that was read; raw files are
 *     absent
 * @param files the artifact's files, sorted by name
 * @param facts counts that belong to the result, {@code images.skipped=3}; part of the content
 * @param provenance when, by which run and how long; not part of the content
 */
public record Manifest(
    int storeVersion,
    String stage,
    String actionKey,
    String recipeKey,
    SortedMap<String, String> parameters,
    long seed,
    String code,
    String numerics,
    int salt,
    SortedMap<String, String> inputs,
    SortedMap<String, String> inputActions,
    List<FileEntry> files,
    SortedMap<String, String> facts,
    Provenance provenance)
    implements Serializable {

  public Manifest {
    parameters = copy(parameters);
    inputs = copy(inputs);
    inputActions = copy(inputActions);
    facts = copy(facts);
    files = files.stream().sorted(Comparator.comparing(FileEntry::name)).toList();
    for (int i = 1; i < files.size(); i++) {
      if (files.get(i).name().equals(files.get(i - 1).name())) {
        throw new IllegalArgumentException(
            "Cannot describe artifact " + actionKey + ": two files named " + files.get(i).name());
      }
    }
  }

  private static SortedMap<String, String> copy(SortedMap<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /**
   * When, by which run and how long.
   *
   * @param run id of the run that made the artifact
   * @param created ISO-8601 instant of the commit
   * @param seconds wall-clock seconds of the stage, earlier interrupted attempts left out
   * @param engine engine and version, {@code PyTorch 2.7.1}
   */
  public record Provenance(String run, String created, double seconds, String engine)
      implements Serializable {}

  /**
   * SHA-256 over the framed names and digests of the files and over the facts: equal content, equal
   * digest.
   */
  public String contentDigest() {
    KeyHasher hasher = new KeyHasher("artifact-content");
    for (FileEntry file : files) {
      hasher.put("file", file.name()).put("sha256", file.sha256());
    }
    facts.forEach((name, value) -> hasher.put("fact", name).put("value", value));
    return hasher.digest();
  }

  /** The files of one role in shard order. */
  public List<FileEntry> files(String role) {
    return files.stream().filter(file -> file.role().equals(role)).toList();
  }

  /** Rows over all files of one role. */
  public long rows(String role) {
    return files(role).stream().mapToLong(FileEntry::rows).sum();
  }
}
