package partita.transforms.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.TableReader;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardResults;
import partita.transforms.shard.ShardedStage;
import partita.transforms.shard.StageRun;

/** What an ingest task leaves in a store when it is run as a pipeline. */
record Ingested(ArtifactStore store, ShardResult result) {

  static Ingested run(IngestTask task, Map<String, String> files, Path root) throws IOException {
    ShardInputs inputs = new ShardInputs(Map.of(), files);
    int shards = task.shards(inputs);
    StageRun run =
        new StageRun(
            "ingest",
            root.toString(),
            "0".repeat(64),
            inputs,
            new Execution("cpu", 1, 60),
            1,
            shards);
    Pipeline pipeline = Pipeline.create();
    pipeline.apply("ingest", ShardedStage.of(task, run));
    pipeline.run().waitUntilFinish();
    ArtifactStore store = ArtifactStores.open(root.toString());
    return new Ingested(store, ShardResults.collect(store.work(run.actionKey()), shards));
  }

  List<FileEntry> files(String role) {
    return result.files().stream().filter(file -> file.role().equals(role)).toList();
  }

  TableReader open(String role) throws IOException {
    return TableReader.open(store, files(role));
  }

  List<String> digests() {
    return result.files().stream().map(file -> file.name() + " " + file.sha256()).toList();
  }
}
