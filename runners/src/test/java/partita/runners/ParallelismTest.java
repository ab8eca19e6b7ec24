package partita.runners;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.embed.ClassifierTraining;
import partita.models.network.ConvNetConfig;
import partita.models.synthetic.SpriteScene;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.report.RunReport;
import partita.runners.cli.CommandLine;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.transforms.dataset.IngestTask;
import partita.transforms.dataset.SpriteIngest;
import partita.transforms.feature.EmbedTask;
import partita.transforms.feature.TrainClassifierTask;
import partita.transforms.partition.CandidateTask;
import partita.transforms.partition.NeighborTask;

/** Embedding and k-NN in several shards on embedded Flink, one after the other or two at once. */
class ParallelismTest {
  private static final int ROWS = 96;
  private static final int ROWS_PER_SHARD = 24;

  @TempDir Path folder;

  @Test
  void embeddingAndNeighborsAreTheSameAtParallelismOneAndTwo() throws IOException {
    Map<String, String> one = digests(1);
    Map<String, String> two = digests(2);
    assertEquals(
        List.of("classifier", "features", "ingest", "neighbor-candidates", "neighbors"),
        List.copyOf(one.keySet()));
    assertEquals(one, two);
  }

  private static StageGraph graph() {
    Stage ingest =
        Stage.of("ingest", new SpriteIngest(32, ROWS, ROWS_PER_SHARD, ROWS_PER_SHARD), 1, Map.of());
    Stage classifier =
        Stage.of(
            "classifier",
            new TrainClassifierTask(
                new ConvNetConfig(3, SpriteScene.CLASSES, 4, 16),
                new ClassifierTraining(1, 32, 0.002, false, 10)),
            1,
            Map.of(TrainClassifierTask.IMAGES, ingest));
    Stage features =
        Stage.of(
            "features",
            new EmbedTask(
                ConvNetConfig.FEATURES,
                List.of(IngestTask.TRAIN),
                List.of(IngestTask.TRAIN),
                ROWS_PER_SHARD,
                8),
            1,
            Map.of(EmbedTask.IMAGES, ingest, EmbedTask.NETWORK, classifier));
    Stage candidates =
        Stage.of(
            "neighbor-candidates",
            new CandidateTask(5, ROWS_PER_SHARD),
            1,
            Map.of("features", features));
    Stage neighbors =
        Stage.of(
            "neighbors",
            new NeighborTask(5, ROWS_PER_SHARD),
            1,
            Map.of("features", features, CandidateTask.CANDIDATES, candidates));
    return StageGraph.of("parallelism", List.of(neighbors));
  }

  private Map<String, String> digests(int parallelism) throws IOException {
    String root = folder.resolve("p" + parallelism).toString();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      int code =
          new CommandLine(request -> graph(), new RunReport(), "RunPipeline", print, print)
              .run(
                  List.of(
                      "--runner=FlinkRunner",
                      "--threads=1",
                      "--parallelism=" + parallelism,
                      "--artifacts=" + root));
      assertEquals(CommandLine.OK, code, () -> out.toString(StandardCharsets.UTF_8));
    }
    ArtifactStore store = ArtifactStores.open(root);
    RunRecord record = new RunHistory(store).latest("parallelism").orElseThrow();
    Map<String, String> digests = new TreeMap<>();
    record.stages().forEach(stage -> digests.put(stage.name(), stage.contentDigest()));
    return digests;
  }
}
