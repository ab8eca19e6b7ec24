package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.Manifest;

/** Graphs of toy stages on a real store, run by Beam's DirectRunner. */
class ExecutorTest {
  @TempDir private Path folder;
  private ArtifactStore store;

  @BeforeEach
  void openEmptyStore() throws IOException {
    Toys.reset();
    store = ArtifactStores.open(folder.resolve("artifacts").toString());
  }

  private static StageGraph graph(String word, int characters, String separator) {
    Stage emit = Stage.of("emit", new Toys.Emit(word, 3), 7, Map.of());
    Stage head = Stage.of("head", new Toys.Head(characters), 7, Map.of("text", emit));
    Stage join = Stage.of("join", new Toys.Join(separator), 7, Map.of("text", head));
    return StageGraph.of("toy", List.of(join));
  }

  private RunRecord runOnBeam(StageGraph graph) throws IOException {
    return run(graph, Selection.ALL, Toys.directRunner());
  }

  private RunRecord run(StageGraph graph) throws IOException {
    return run(graph, Selection.ALL);
  }

  private RunRecord run(StageGraph graph, Selection selection) throws IOException {
    return run(graph, selection, Toys.sameThread());
  }

  private RunRecord run(StageGraph graph, Selection selection, StageLauncher launcher)
      throws IOException {
    return new Executor(store, Toys.CPU, launcher, RunListener.SILENT, new StopRequest(), false)
        .run(graph, RunRequest.of(selection));
  }

  private static String statuses(RunRecord record) {
    List<String> statuses = new ArrayList<>();
    for (StageRecord stage : record.stages()) {
      statuses.add(stage.name() + "=" + stage.status());
    }
    return String.join(" ", statuses);
  }

  private Manifest artifact(RunRecord record, String stage) throws IOException {
    return store.find(record.stage(stage).orElseThrow().actionKey()).orElseThrow();
  }

  @Test
  void firstRunMakesEveryArtifactAndSecondRunDoesNothing() throws IOException {
    RunRecord first = runOnBeam(graph("ab", 2, "-"));

    assertEquals("emit=RAN head=RAN join=RAN", statuses(first));
    assertEquals("ab-ab-ab-", Toys.text(store, artifact(first, "join")));
    assertEquals("3", artifact(first, "emit").facts().get("files"));

    Toys.reset();
    RunRecord second = run(graph("ab", 2, "-"));

    assertEquals("emit=CACHED head=CACHED join=CACHED", statuses(second));
    assertEquals(List.of(), List.copyOf(Toys.RAN));
    assertEquals(
        first.stage("join").orElseThrow().contentDigest(),
        second.stage("join").orElseThrow().contentDigest());
  }

  @Test
  void parameterChangeRerunsTheStageAndItsDependentsOnly() throws IOException {
    run(graph("ab", 2, "-"));
    Toys.reset();

    RunRecord changed = run(graph("ab", 3, "-"));

    assertEquals("emit=CACHED head=RAN join=RAN", statuses(changed));
    assertEquals("ab0-ab1-ab2-", Toys.text(store, artifact(changed, "join")));
    assertEquals(
        "parameter characters changed 2 -> 3", changed.stage("head").orElseThrow().reason());
  }

  @Test
  void unchangedOutputCutsOffItsDependents() throws IOException {
    run(graph("abc", 2, "-"));
    Toys.reset();

    RunRecord changed = run(graph("abd", 2, "-"));

    assertEquals("emit=RAN head=RAN join=CUT_OFF", statuses(changed));
    assertEquals("emit=CACHED head=CACHED join=CACHED", statuses(run(graph("abd", 2, "-"))));
  }

  @Test
  void crashedShardIsNamedAndTheNextRunSkipsTheShardsThatAreDone() throws Exception {
    Toys.BEFORE.put(
        "Emit:1",
        () -> {
          // The others finish first, so that there is something to skip.
          while (Toys.RAN.size() < 2) {
            Thread.sleep(5);
          }
          throw new IOException("disk on fire");
        });

    RunRecord crashed = runOnBeam(graph("ab", 2, "-"));

    assertEquals("emit=FAILED head=SKIPPED join=SKIPPED", statuses(crashed));
    assertEquals("Stage emit, shard 2 of 3: disk on fire", crashed.message());
    assertEquals("failed", crashed.status());
    assertTrue(store.manifests().isEmpty());

    Toys.reset();
    assertEquals("emit=RAN head=RAN join=RAN", statuses(runOnBeam(graph("ab", 2, "-"))));
    assertTrue(Toys.RAN.contains("Emit:1"));
    assertEquals(1, Toys.RAN.stream().filter(shard -> shard.startsWith("Emit")).count());
  }

  @Test
  void twoDriversAtOnceDoTheWorkOnce() throws Exception {
    CountDownLatch bothBegan = new CountDownLatch(1);
    Toys.BEFORE.put("Emit:0", () -> bothBegan.await(30, TimeUnit.SECONDS));
    RunListener second =
        new RunListener() {
          @Override
          public void stageWaiting(String stage) {
            bothBegan.countDown();
          }
        };
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    List<Future<RunRecord>> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Executor driver =
          new Executor(store, Toys.CPU, Toys.directRunner(), second, new StopRequest(), false);
      runs.add(drivers.submit(() -> driver.run(graph("ab", 2, "-"), RunRequest.of(Selection.ALL))));
    }

    TreeSet<String> emitted = new TreeSet<>();
    for (Future<RunRecord> run : runs) {
      RunRecord record = run.get(60, TimeUnit.SECONDS);
      assertEquals("succeeded", record.status());
      emitted.add(record.stage("emit").orElseThrow().status().name());
    }
    drivers.shutdown();

    assertEquals(new TreeSet<>(List.of("CACHED", "RAN")), emitted);
    assertEquals(3, Toys.RAN.stream().filter(shard -> shard.startsWith("Emit")).count());
  }

  @Test
  void forcedStageRunsAnewAndIsNotForcedAgainByTheNextRun() throws IOException {
    RunRecord first = run(graph("ab", 2, "-"));
    Selection force = new Selection(List.of(), List.of(), List.of(), List.of("head"));

    RunRecord forced = run(graph("ab", 2, "-"), force);

    assertEquals("emit=CACHED head=RAN join=CUT_OFF", statuses(forced));
    assertEquals("forced", forced.stage("head").orElseThrow().reason());
    assertEquals(1, artifact(forced, "head").salt());
    assertEquals(artifact(first, "head").contentDigest(), artifact(forced, "head").contentDigest());
    assertEquals("emit=CACHED head=CACHED join=CACHED", statuses(run(graph("ab", 2, "-"))));
  }

  @Test
  void forceLeavesTheStagesOfAnotherExperimentAlone() throws IOException {
    run(graph("ab", 2, "-"));
    StageGraph other = StageGraph.of("other", graph("ab", 3, "-").stages());
    run(other);

    run(graph("ab", 2, "-"), new Selection(List.of(), List.of(), List.of(), List.of("head")));

    assertEquals("emit=CACHED head=CACHED join=CACHED", statuses(run(other)));
  }

  @Test
  void runThatLeftNoRecordIsPassedOver() throws IOException {
    RunRecord whole = run(graph("ab", 2, "-"));
    RunHistory history = new RunHistory(store);
    history.note(
        new RunRecord(
            "99990101-000000-0000", "toy", List.of(), "", "", "", 0, "", Map.of(), List.of()));

    assertEquals(whole.runId(), history.latest("toy").orElseThrow().runId());
  }

  @Test
  void runsAreFoundByLastAndByTheBeginningOfTheirIds() throws IOException {
    RunHistory history = new RunHistory(store);
    assertThrows(BadInputException.class, () -> history.find("last"));
    String first = run(graph("ab", 2, "-")).runId();
    String second = run(graph("ab", 3, "-")).runId();
    run(graph("ab", 3, "-")); // finds what is there

    assertEquals(second, history.find("last"));
    assertEquals(first, history.find("last~1"));
    assertEquals(first, history.find(first.substring(0, first.length() - 1)));
    BadInputException several =
        assertThrows(BadInputException.class, () -> history.find(first.substring(0, 8)));
    assertTrue(several.getMessage().contains("2 runs in"), several.getMessage());
    assertThrows(BadInputException.class, () -> history.find("last~2"));
    assertThrows(BadInputException.class, () -> history.find("lsat"));
  }

  @Test
  void returningToEarlierSettingsIsTheLatestRun() throws IOException {
    run(graph("ab", 2, "-"));
    run(graph("ab", 3, "-"));
    RunRecord back = run(graph("ab", 2, "-"));

    assertEquals("emit=CACHED head=CACHED join=CACHED", statuses(back));
    RunHistory history = new RunHistory(store);
    assertEquals(back.runId(), history.find("last"));
    RunNote note = history.noteOf(back.runId()).orElseThrow();
    assertEquals("succeeded", note.status());
    assertEquals(back.stage("join").orElseThrow().actionKey(), note.artifacts().get("join"));
  }

  @Test
  void runIsAtWorkUntilItEndsAndNotWhenItWasKilled() throws Exception {
    RunsAtWork atWork = new RunsAtWork(store);
    Instant before = atWork.now();
    List<Instant> during = new ArrayList<>();
    Toys.BEFORE.put("Join:0", () -> during.add(atWork.cutoff(Duration.ZERO)));
    Toys.BEFORE.put("Emit:1", () -> during.add(atWork.now()));
    run(graph("ab", 2, "-"));

    // Not after it, for a file system's clock may stand still between two files.
    assertFalse(during.get(1).isAfter(during.get(0)), "what it has used since is in grace");
    assertFalse(during.get(1).isBefore(before));
    assertFalse(atWork.cutoff(Duration.ZERO).isBefore(during.get(0)));
    assertEquals(List.of(), store.refs().list("active/"));
    assertTrue(
        store.files().list("work/").stream().noneMatch(file -> file.name().contains("/run-")));

    store.refs().write("active/killed", new byte[0]);
    assertFalse(atWork.cutoff(Duration.ZERO).isBefore(during.get(0)));
    atWork.sweep();
    assertEquals(List.of(), store.refs().list("active/"));
  }

  @Test
  void untilStopsEarlyAndFromRefusesToStartOnSomethingStale() throws IOException {
    StageGraph graph = graph("ab", 2, "-");
    Selection from = new Selection(List.of("join"), List.of(), List.of(), List.of());

    BadInputException refused = assertThrows(BadInputException.class, () -> run(graph, from));
    assertEquals(
        "Cannot run join: it reads head, which is not up to date and is left out; select head too",
        refused.getMessage());

    Selection until = new Selection(List.of(), List.of("head"), List.of(), List.of());
    assertEquals("emit=RAN head=RAN join=SKIPPED", statuses(run(graph, until)));
    assertEquals("emit=CACHED head=CACHED join=RAN", statuses(run(graph, from)));
  }

  @Test
  void misspelledStageIsAnsweredWithTheNearest() {
    Selection only = new Selection(List.of(), List.of(), List.of("haed"), List.of());

    BadInputException refused =
        assertThrows(BadInputException.class, () -> run(graph("ab", 2, "-"), only));

    assertTrue(refused.getMessage().contains("did you mean 'head'?"), refused.getMessage());
  }

  @Test
  void inputModifiedDuringTheRunIsNotCommitted() throws IOException {
    Path raw = Files.writeString(folder.resolve("raw.txt"), "old");
    Stage copy = new Stage("copy", new Toys.Copy(), 0, Map.of(), Map.of("raw", RawInput.of(raw)));
    StageGraph graph = StageGraph.of("toy", List.of(copy));
    Toys.BEFORE.put("Copy:0", () -> Files.writeString(raw, "new"));

    RunRecord record = run(graph);

    assertEquals("failed", record.status());
    assertEquals(
        "Stage copy: Cannot commit stage copy: its input %s changed while it ran; run it again"
            .formatted(raw),
        record.message());
    assertTrue(store.manifests().isEmpty());

    Toys.reset();
    RunRecord again = run(graph);
    assertEquals("new", Toys.text(store, artifact(again, "copy")));
  }

  @Test
  void artifactWhoseBlobIsGoneIsMadeAgain() throws IOException {
    RunRecord first = run(graph("ab", 2, "-"));
    Files.delete(store.blob(artifact(first, "head").files().get(0)));

    Plan plan = new Planner(store, Toys.CPU, false).plan(graph("ab", 2, "-"), Selection.ALL);
    assertEquals(PlanState.WILL_RUN, plan.stages().get(1).state());
    assertEquals("its file text/00000.txt is gone from the store", plan.stages().get(1).reason());
    assertEquals(PlanState.DEPENDS, plan.stages().get(2).state());

    assertEquals("emit=CACHED head=RAN join=CACHED", statuses(run(graph("ab", 2, "-"))));
  }

  @Test
  void recordAndEventsOfTheRunAreInItsFolder() throws IOException {
    RunRecord record = run(graph("ab", 2, "-"));

    Path runFolder = store.run(record.runId());
    assertEquals(record, RunRecord.read(runFolder));
    List<RunEvent> events = RunEvents.read(runFolder);
    assertEquals("run-started", events.get(0).kind());
    assertEquals("run-ended", events.get(events.size() - 1).kind());
    assertTrue(events.stream().anyMatch(event -> event.stage().equals("join")));
  }
}
