package partita.pipelines.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import partita.pipelines.dag.Executor;
import partita.pipelines.dag.RunListener;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.Selection;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.dag.StopRequest;
import partita.pipelines.dag.Toys;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoreLayout;

/** A store in a folder and runs of {@code emit -> head -> join} with it. */
final class ToyStore {
  /** The action of {@link #leaveUnfinishedWork}. */
  static final String UNFINISHED = "abcdef0123456789";

  private final Path root;
  final ArtifactStore store;

  ToyStore(Path root) throws IOException {
    this.root = root;
    store = ArtifactStores.open(root.toString());
  }

  /** Runs the experiment; {@code characters} changes head and join. */
  RunRecord run(String word, int characters) throws IOException {
    return run(store, word, characters);
  }

  static RunRecord run(ArtifactStore store, String word, int characters) throws IOException {
    Stage emit = Stage.of("emit", new Toys.Emit(word, 3), 7, Map.of());
    Stage head = Stage.of("head", new Toys.Head(characters), 7, Map.of("text", emit));
    Stage join = Stage.of("join", new Toys.Join("-"), 7, Map.of("text", head));
    return new Executor(
            store, Toys.CPU, Toys.sameThread(), RunListener.SILENT, new StopRequest(), false)
        .run(StageGraph.of("toy", List.of(join)), RunRequest.of(Selection.ALL));
  }

  static String statuses(RunRecord run) {
    return run.stages().stream()
        .map(stage -> stage.name() + "=" + stage.status())
        .collect(Collectors.joining(" "));
  }

  Manifest artifact(RunRecord run, String stage) throws IOException {
    return store.find(run.stage(stage).orElseThrow().actionKey()).orElseThrow();
  }

  Path manifest(RunRecord run, String stage) {
    return root.resolve(StoreLayout.manifest(run.stage(stage).orElseThrow().actionKey()));
  }

  Path path(String name) {
    return root.resolve(name);
  }

  /** Names of all files below a folder of the store. */
  List<String> files(String folder) throws IOException {
    return store.files().list(folder + "/").stream().map(file -> file.name()).toList();
  }

  /** Makes everything look as if nobody had used it for some time. */
  void age(Duration age) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }
  }

  /** Another store with the same files of the same age. */
  ToyStore copy(Path other) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      Files.copy(path, other.resolve(root.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return new ToyStore(other);
  }

  /** Whatever is there is whole, leads somewhere and belongs to something. */
  void assertTidy() throws IOException {
    assertEquals(List.of(), Verification.of(store, (bytes, of) -> {}).damages());
    Set<String> needed = new TreeSet<>();
    for (Manifest manifest : store.manifests()) {
      manifest.files().forEach(file -> needed.add(file.sha256()));
    }
    Set<String> blobs = new TreeSet<>();
    store.files().list("blobs/").forEach(blob -> blobs.add(blob.lastPart()));
    assertEquals(needed, blobs);
    assertEquals(List.of(), files("work"));
  }

  /** Two shards of a stage wrote their files and receipts, then it was killed. */
  void leaveUnfinishedWork() throws IOException {
    String receipt = "{\"files\":[%s],\"counts\":{}}";
    String file =
        "{\"name\":\"text/%d\",\"sha256\":\"%s\",\"bytes\":1,\"rows\":0,\"schema\":\"\",\"batchCrc32c\":[]}";
    for (int shard = 0; shard < 2; shard++) {
      Path text = Files.writeString(store.temporary().resolve("t"), "" + shard);
      String sha = store.addBlob(text, "text/" + shard, 0, "", List.of()).sha256();
      store
          .work(UNFINISHED)
          .write(
              "receipts/0000%d.json".formatted(shard),
              receipt.formatted(file.formatted(shard, sha)).getBytes("UTF-8"));
    }
  }

  /** Changes one byte of a file. */
  static void flip(Path file, int at) throws IOException {
    boolean unused = file.toFile().setWritable(true);
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
