package partita.pipelines.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import partita.pipelines.dag.RawSource.SourceFile;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;

/**
 * All that an artifact was made from: what each step was, and the files from outside the store at
 * the leaves.
 *
 * @param store root of the store
 * @param artifact action key of the artifact
 * @param artifacts the artifact, then its ancestors, each once, those nearer first
 * @param missing ancestors of which nothing is known any more
 * @param sources files and folders from outside the store, each once
 */
public record Ancestry(
    String store,
    String artifact,
    List<Step> artifacts,
    List<Missing> missing,
    List<Source> sources) {

  public Ancestry {
    artifacts = List.copyOf(artifacts);
    missing = List.copyOf(missing);
    sources = List.copyOf(sources);
  }

  /**
   * How one artifact was made, see {@link Manifest}.
   *
   * @param engine engine and version
   * @param run id of the run that made it
   * @param created when it was committed
   * @param seconds how long its stage took
   */
  public record Step(
      String stage,
      String actionKey,
      String recipeKey,
      String contentDigest,
      SortedMap<String, String> parameters,
      long seed,
      String code,
      String numerics,
      int salt,
      String engine,
      String run,
      String created,
      double seconds,
      SortedMap<String, String> facts,
      List<Input> inputs,
      List<Output> files) {

    public Step {
      inputs = List.copyOf(inputs);
      files = List.copyOf(files);
    }

    static Step of(Manifest manifest) {
      Manifest.Provenance made = manifest.provenance();
      return new Step(
          manifest.stage(),
          manifest.actionKey(),
          manifest.recipeKey(),
          manifest.contentDigest(),
          manifest.parameters(),
          manifest.seed(),
          manifest.code(),
          manifest.numerics(),
          manifest.salt(),
          made.engine(),
          made.run(),
          made.created(),
          made.seconds(),
          manifest.facts(),
          manifest.inputs().entrySet().stream()
              .map(
                  input ->
                      new Input(
                          input.getKey(),
                          manifest.inputActions().getOrDefault(input.getKey(), ""),
                          input.getValue()))
              .toList(),
          manifest.files().stream().map(Output::of).toList());
    }
  }

  /**
   * What a stage read.
   *
   * @param name name of the input
   * @param artifact action key; empty for files from outside the store
   * @param digest content digest of the artifact, or digest of the source
   */
  public record Input(String name, String artifact, String digest) {
    /** Whether it came from outside the store. */
    boolean raw() {
      return artifact.isEmpty();
    }
  }

  /** A file of an artifact; rows are 0 for what is no table. */
  public record Output(String name, String sha256, long bytes, long rows) {
    static Output of(FileEntry file) {
      return new Output(file.name(), file.sha256(), file.bytes(), file.rows());
    }
  }

  /** An ancestor that cannot be told, and why. */
  public record Missing(String actionKey, String reason) {}

  /**
   * A file or folder from outside the store.
   *
   * @param digest what the manifests name: digest of the names and bytes of its files
   * @param path where it was last seen, empty when that was not remembered
   * @param files its files, none when they were not remembered
   */
  public record Source(String digest, String path, List<SourceFile> files) {
    public Source {
      files = List.copyOf(files);
    }

    /** Whether its files were remembered. */
    public boolean known() {
      return !path.isEmpty();
    }
  }

  /**
   * Finds what an artifact was made from.
   *
   * @param given beginning of its action key, or {@code experiment:stage}
   * @throws partita.pipelines.dag.BadInputException when the text names no artifact
   * @throws IOException when its manifest cannot be read
   */
  public static Ancestry of(ArtifactStore store, String given) throws IOException {
    return new AncestrySearch(store).of(NamedArtifact.key(store, given, "tell the provenance of"));
  }

  /** The step that made an artifact, unless it is missing. */
  public Optional<Step> step(String actionKey) {
    return artifacts.stream().filter(step -> step.actionKey().equals(actionKey)).findFirst();
  }

  /** The source with a digest. */
  public Optional<Source> source(String digest) {
    return sources.stream().filter(source -> source.digest().equals(digest)).findFirst();
  }
}
