package partita.transforms.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.WorkArea;
import partita.schemas.table.TableReader;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;

/** What the shards of an ingest task leave in a store, run one after the other without Beam. */
record Ingested(ArtifactStore store, List<FileEntry> files, Map<String, Long> counts) {
  private static final Execution ONE_THREAD = new Execution("cpu", 1, 60);

  static Ingested run(Ingest ingest, Path root) throws Exception {
    Map<String, String> paths = new TreeMap<>();
    ingest.files().forEach((name, raw) -> paths.put(name, raw.path().toString()));
    ShardInputs inputs = new ShardInputs(Map.of(), paths);
    ArtifactStore store = ArtifactStores.open(root.toString());
    WorkArea work = store.work("0".repeat(64));
    List<FileEntry> files = new java.util.ArrayList<>();
    Map<String, Long> counts = new TreeMap<>();
    for (int shard = 0; shard < ingest.task().shards(inputs); shard++) {
      ShardResult result =
          ingest.task().run(shard, new ShardContext(store, inputs, work, ONE_THREAD, 1, shard));
      files.addAll(result.files());
      result.counts().forEach((name, count) -> counts.merge(name, count, Long::sum));
    }
    work.clear();
    return new Ingested(store, files, counts);
  }

  TableReader open(String role) throws IOException {
    return TableReader.open(
        store, files.stream().filter(file -> file.role().equals(role)).toList());
  }

  List<String> digests() {
    return files.stream().map(file -> file.name() + " " + file.sha256()).toList();
  }

  List<String> roles() {
    return files.stream().map(FileEntry::role).distinct().sorted().toList();
  }

  long[] ids(String role) throws IOException {
    try (TableReader reader = open(role)) {
      return reader.longs("id");
    }
  }
}
