package partita.transforms.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.cluster.Reclustering;
import partita.models.gan.GanNetworks.Labeling;
import partita.models.gan.ImageGanConfig;
import partita.models.gan.LabelGanTraining;
import partita.models.gan.MeschederResNet;
import partita.models.gan.MlpNetworks;
import partita.models.gan.ShallowDcgan;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.CentroidTable;
import partita.schemas.table.MatchingTable;
import partita.schemas.table.PointSampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.PointIngest;
import partita.transforms.dataset.PointMixture;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.TestStages;

/** First weights, clusters, training on them, clusters again, and samples, on points. */
class SelfConditionedChainTest {
  private static final int ROWS = 400;
  private static final int CLUSTERS = 6;
  private static final LabelGanTraining TRAINING =
      new LabelGanTraining(20, 1e-3, 1e-3, 0.8, 0.999, 1e-8, 0, 0.125, 0, 0, 5);
  private static final MlpNetworks NETWORKS = networks(Labeling.EMBEDDED, CLUSTERS);

  @TempDir static Path root;

  private static TestStages stages;
  private static Manifest data;
  private static Manifest first;
  private static Manifest clusters;

  @BeforeAll
  static void clusterTheFirstFeatures() throws Exception {
    stages = new TestStages(root, 1e9);
    data = stages.run("ingest", new PointIngest(PointMixture.GRID, ROWS, 10, 1000), 1, Map.of());
    first = train("first weights", NETWORKS, new RandomLabels(), 0, 0, Map.of());
    clusters = recluster("clusters", first, Map.of(), false);
  }

  @Test
  void everyTrainingRowHasACluster() throws Exception {
    try (TableReader assignments = open(clusters, "assignments");
        TableReader centroids = open(clusters, "centroids")) {
      int[] labels = assignments.ints(AssignmentTable.CLUSTER);
      assertEquals(ROWS, labels.length);
      long[] sizes = new long[CLUSTERS];
      Arrays.stream(labels).forEach(label -> sizes[label]++);
      assertArrayEquals(sizes, centroids.longs(CentroidTable.SIZE));
    }
    assertTrue(clusters.files("matching").isEmpty(), "nothing came before");
  }

  @Test
  void segmentsOnOnePartitionEqualOneRun() throws Exception {
    Map<String, Manifest> read = Map.of("clusters", clusters);
    Manifest whole = train("whole", NETWORKS, new CommittedLabels(), 0, 8, read);
    Manifest half = train("half", NETWORKS, new CommittedLabels(), 0, 5, read);
    Manifest rest =
        train(
            "rest",
            NETWORKS,
            new CommittedLabels(),
            5,
            8,
            Map.of("clusters", clusters, "previous", half));
    assertEquals(digest(whole, "state"), digest(rest, "state"));
    assertEquals(digest(whole, "generator"), digest(rest, "generator"));
  }

  @Test
  void theNextRoundFollowsTheOneBefore() throws Exception {
    Manifest trained =
        train("round", NETWORKS, new CommittedLabels(), 0, 10, Map.of("clusters", clusters));
    Manifest next = recluster("next clusters", trained, Map.of("previous", clusters), false);
    try (TableReader matching = open(next, "matching")) {
      long[] shared = matching.longs(MatchingTable.SHARED);
      long[] before = matching.longs(MatchingTable.BEFORE);
      assertEquals(300, Arrays.stream(before).sum());
      assertTrue(
          Arrays.stream(shared).sum() > 150,
          "ten steps of training leave most rows in their cluster: " + Arrays.toString(shared));
      assertArrayEquals(
          new int[] {0, 1, 2, 3, 4, 5},
          Arrays.stream(matching.ints(MatchingTable.FOUND)).sorted().toArray());
    }
    assertEquals(
        digest(next, "assignments"),
        digest(recluster("again", trained, Map.of("previous", clusters), false), "assignments"));
  }

  @Test
  void frozenLabelsOfPointsAreTheCommittedOnes() throws Exception {
    Manifest kept = recluster("kept", first, Map.of(), true);
    Map<String, Manifest> read = Map.of("clusters", kept);
    Manifest committed = train("committed", NETWORKS, new CommittedLabels(), 0, 4, read);
    Manifest frozen = train("frozen", NETWORKS, new FrozenLabels(), 0, 4, read);
    // Points are not augmented, so that both presets see the same rows.
    assertEquals(digest(committed, "state"), digest(frozen, "state"));
  }

  @Test
  void onlineClustersMoveWithTrainingAndGoOnFromTheirState() throws Exception {
    OnlineLabels online = new OnlineLabels(Long.MAX_VALUE, 100);
    Map<String, Manifest> read = Map.of("clusters", clusters);
    Manifest warm = train("warm", NETWORKS, new CommittedLabels(), 0, 3, read);
    Manifest whole = online("online whole", online, 3, 9, warm);
    Manifest part = online("online part", online, 3, 6, warm);
    Manifest rest = online("online rest", online, 6, 9, part);
    assertEquals(digest(whole, "state"), digest(rest, "state"));
    Manifest moved = moved("moved", whole, clusters);
    try (TableReader before = open(clusters, "centroids");
        TableReader now = open(moved, "centroids")) {
      assertFalse(
          Arrays.equals(before.floats(CentroidTable.CENTROID), now.floats(CentroidTable.CENTROID)));
    }
  }

  @Test
  void eachSegmentTellsTheOnlineClustersThatWereReseededInIt() throws Exception {
    OnlineLabels restless = new OnlineLabels(Long.MAX_VALUE, 1);
    Manifest warm =
        train("calm", NETWORKS, new CommittedLabels(), 0, 3, Map.of("clusters", clusters));
    Manifest part = online("restless part", restless, 3, 9, warm);
    Manifest rest = online("restless rest", restless, 9, 15, part);
    Manifest early = moved("early", part, clusters);
    long begun = fact(early, "clusters.reseeded");
    long both = fact(moved("late at once", rest, clusters), "clusters.reseeded");
    assertTrue(begun > 0, "six clusters cannot all have points in every batch");
    assertEquals(both - begun, fact(moved("late", rest, early), "clusters.reseeded"));
  }

  private static Manifest moved(String name, Manifest trained, Manifest previous) throws Exception {
    return stages.run(
        name,
        new OnlineClusterTask(NETWORKS, new PointDataset(), true),
        1,
        Map.of("data", data, "trained", trained, "previous", previous));
  }

  private static long fact(Manifest artifact, String name) {
    return Long.parseLong(artifact.facts().get(name));
  }

  @Test
  void samplesAreDrawnByClusterSizeAndDoNotDependOnShards() throws Exception {
    Map<String, Manifest> read = Map.of("generator", first, "clusters", clusters);
    Manifest small = stages.run("small", sample(NETWORKS, 700), 3, read);
    Manifest large = stages.run("large", sample(NETWORKS, 10_000), 3, read);
    try (TableReader one = open(small, "samples");
        TableReader other = open(large, "samples");
        TableReader centroids = open(clusters, "centroids")) {
      assertArrayEquals(one.floats(PointSampleTable.POINT), other.floats(PointSampleTable.POINT));
      int[] labels = one.ints(PointSampleTable.LABEL);
      long[] sizes = centroids.longs(CentroidTable.SIZE);
      for (int c = 0; c < CLUSTERS; c++) {
        int cluster = c;
        double share =
            Arrays.stream(labels).filter(label -> label == cluster).count() / (double) 2000;
        assertEquals((double) sizes[c] / ROWS, share, 0.05, "cluster " + c);
      }
    }
  }

  @Test
  void networksWithoutLabelsNeedNoClusters() throws Exception {
    MlpNetworks unconditional = networks(Labeling.NONE, 0);
    Manifest trained = train("gan", unconditional, new NoLabels(), 0, 3, Map.of());
    Manifest samples =
        stages.run("gan samples", sample(unconditional, 10_000), 3, Map.of("generator", trained));
    try (TableReader table = open(samples, "samples")) {
      assertTrue(Arrays.stream(table.ints(PointSampleTable.LABEL)).allMatch(l -> l == -1));
    }
  }

  @Test
  void clustersOfAnotherNumberAreRefused() {
    MlpNetworks other = networks(Labeling.EMBEDDED, CLUSTERS - 1);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> train("fewer", other, new CommittedLabels(), 0, 3, Map.of("clusters", clusters)));
    assertTrue(error.getMessage().contains("expected 0 to 4"), error.getMessage());
  }

  @Test
  void moreClustersThanRowsToClusterAreRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new ReclusterTask(
                    NETWORKS,
                    new PointDataset(),
                    new Reclustering(CLUSTERS, 1, 5, true, true),
                    CLUSTERS - 1,
                    true,
                    false));
    assertTrue(
        error.getMessage().startsWith("Cannot find 6 clusters in 5 rows"), error.getMessage());
  }

  @Test
  void fewerRowsThanAreToBeClusteredAreRefused() {
    ReclusterTask task =
        new ReclusterTask(
            NETWORKS,
            new PointDataset(),
            new Reclustering(CLUSTERS, 1, 5, true, true),
            ROWS + 1,
            true,
            false);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> stages.run("too few", task, 1, Map.of("data", data, "trained", first)));
    assertEquals(
        "Cannot cluster 401 rows: there are 400 to train on; lower cluster.subset",
        error.getMessage());
  }

  @Test
  void featuresThatDoNotFitIntoTheHeapAreRefusedBeforeTheyAreMade() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> DiscriminatorFeatures.space(50_000, 16_384, 4L << 30));
    assertEquals(
        "Cannot hold the features of 50,000 rows: of 16,384 dimensions each they take 3,125 MB,"
            + " expected at most 3,072 MB; lower cluster.subset, or give Java more memory (-Xmx)",
        error.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> DiscriminatorFeatures.space(200_000, 16_384, Long.MAX_VALUE));
  }

  @Test
  void largeImagesComeInSmallerBatchesAndSmallOnesInTheSame() {
    assertEquals(500, SampleBatch.of(NETWORKS));
    ImageGanConfig config = new ImageGanConfig(Labeling.NONE, 0, 1, 8, 3, 2);
    assertEquals(500, SampleBatch.of(new ShallowDcgan(config)));
    assertEquals(31, SampleBatch.of(new MeschederResNet(config, 128)));
  }

  private static MlpNetworks networks(Labeling labeling, int labels) {
    return new MlpNetworks(labeling, labels, 1, 2, labeling == Labeling.EMBEDDED ? 4 : 0, 16, 8, 3);
  }

  private static Manifest train(
      String name,
      MlpNetworks networks,
      LabelRule labels,
      long from,
      long to,
      Map<String, Manifest> read)
      throws Exception {
    Map<String, Manifest> inputs = new HashMap<>(read);
    inputs.put("data", data);
    ShardTask task =
        new TrainLabelGanTask(networks, TRAINING, new PointDataset(), labels, from, to);
    return stages.run(name, task, 1, inputs);
  }

  private static Manifest online(
      String name, LabelRule labels, long from, long to, Manifest previous) throws Exception {
    return train(
        name, NETWORKS, labels, from, to, Map.of("clusters", clusters, "previous", previous));
  }

  private static Manifest recluster(
      String name, Manifest trained, Map<String, Manifest> before, boolean keep) throws Exception {
    Map<String, Manifest> inputs = new HashMap<>(before);
    inputs.put("data", data);
    inputs.put("trained", trained);
    ReclusterTask task =
        new ReclusterTask(
            NETWORKS,
            new PointDataset(),
            new Reclustering(CLUSTERS, 3, 20, true, true),
            300,
            true,
            keep);
    return stages.run(name, task, 1, inputs);
  }

  private static SampleLabelGanTask sample(MlpNetworks networks, int perShard) {
    return new SampleLabelGanTask(networks, false, 2000, perShard, 100);
  }

  private static TableReader open(Manifest artifact, String role) throws IOException {
    return TableReader.open(stages.store(), artifact, role);
  }

  private static String digest(Manifest artifact, String role) {
    return artifact.files(role).get(0).sha256();
  }
}
