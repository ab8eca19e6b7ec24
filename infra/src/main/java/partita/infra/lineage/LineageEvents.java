package partita.infra.lineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.Job;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineage.RunFacet;
import io.openlineage.client.OpenLineage.RunFacetsBuilder;
import io.openlineage.client.utils.UUIDUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;

/**
 * The OpenLineage events of one run. Ids of runs are made of Partita's run id and the stage, so
 * that they can be found again.
 */
public final class LineageEvents {
  private static final URI PRODUCER = URI.create("urn:partita");
  private static final String NAMESPACE = "partita";
  private static final String RUN_FACET = "partita_run";
  private static final String STAGE_FACET = "partita_stage";

  private final OpenLineage openLineage = new OpenLineage(PRODUCER);
  private final ArtifactDatasets datasets;
  private final String experiment;
  private final String runId;
  private final Instant began;

  /** How something ended. */
  public enum End {
    DONE(EventType.COMPLETE),
    FAILED(EventType.FAIL),
    STOPPED(EventType.ABORT);

    private final EventType type;

    End(EventType type) {
      this.type = type;
    }
  }

  /**
   * @param experiment name of the experiment, which is the name of the job
   * @param runId id of the run in the store
   * @param began when it began
   */
  public LineageEvents(ArtifactStore store, String experiment, String runId, Instant began) {
    this.datasets = new ArtifactDatasets(openLineage, store);
    this.experiment = experiment;
    this.runId = runId;
    this.began = began;
  }

  /** The run begins; {@code facts} say how: command, runner, settings. */
  public RunEvent runStarted(Map<String, Object> facts) {
    return run(EventType.START, began, facts, "");
  }

  /** The run is over; {@code facts} say what became of each stage. */
  public RunEvent runEnded(End end, Instant time, Map<String, Object> facts, String message) {
    return run(end.type, time, facts, message);
  }

  private RunEvent run(EventType type, Instant time, Map<String, Object> facts, String message) {
    RunFacetsBuilder facets = openLineage.newRunFacetsBuilder();
    Map<String, Object> all = new TreeMap<>(facts);
    all.put("runId", runId);
    facets.put(RUN_FACET, facet(all));
    error(facets, message);
    return event(type, time, id(began, ""), job(experiment, "RUN"), facets, List.of(), List.of());
  }

  /** A stage begins. */
  public RunEvent stageStarted(StageWork work) throws IOException {
    return stage(work, EventType.START, work.started(), Optional.empty(), "");
  }

  /** A stage is over; one that is done left {@code artifact}. */
  public RunEvent stageEnded(
      StageWork work, End end, Instant time, Optional<Manifest> artifact, String message)
      throws IOException {
    return stage(work, end.type, time, artifact, message);
  }

  private RunEvent stage(
      StageWork work, EventType type, Instant time, Optional<Manifest> artifact, String message)
      throws IOException {
    Map<String, Object> known = new TreeMap<>(work.known());
    List<InputDataset> inputs = new ArrayList<>();
    for (Manifest input : work.inputs()) {
      inputs.addAll(datasets.inputs(input));
    }
    work.files()
        .forEach(
            (name, path) ->
                inputs.add(
                    datasets.raw(path, artifact.map(made -> made.inputs().get(name)).orElse(""))));
    List<OutputDataset> outputs = new ArrayList<>();
    if (artifact.isPresent()) {
      known.putAll(ArtifactFacts.of(artifact.get()));
      outputs.addAll(datasets.outputs(artifact.get()));
    }
    RunFacetsBuilder facets =
        openLineage
            .newRunFacetsBuilder()
            .parent(
                openLineage.newParentRunFacet(
                    openLineage.newParentRunFacetRun(id(began, "")),
                    openLineage.newParentRunFacetJob(NAMESPACE, experiment),
                    null))
            .put(STAGE_FACET, facet(known));
    error(facets, message);
    Job job = job(experiment + "." + work.stage(), "STAGE");
    return event(type, time, id(work.started(), work.stage()), job, facets, inputs, outputs);
  }

  private UUID id(Instant started, String stage) {
    return UUIDUtils.generateStaticUUID(
        started, (runId + "/" + stage).getBytes(StandardCharsets.UTF_8));
  }

  private Job job(String name, String type) {
    return openLineage.newJob(
        NAMESPACE,
        name,
        openLineage
            .newJobFacetsBuilder()
            .jobType(openLineage.newJobTypeJobFacet("BATCH", "PARTITA", type))
            .build());
  }

  private RunFacet facet(Map<String, Object> values) {
    RunFacet facet = openLineage.newRunFacet();
    facet.getAdditionalProperties().putAll(values);
    return facet;
  }

  private void error(RunFacetsBuilder facets, String message) {
    if (!message.isEmpty()) {
      facets.errorMessage(openLineage.newErrorMessageRunFacet(message, "JAVA", null));
    }
  }

  private RunEvent event(
      EventType type,
      Instant time,
      UUID id,
      Job job,
      RunFacetsBuilder facets,
      List<InputDataset> inputs,
      List<OutputDataset> outputs) {
    return openLineage.newRunEvent(
        ZonedDateTime.ofInstant(time, ZoneOffset.UTC),
        type,
        openLineage.newRun(id, facets.build()),
        job,
        inputs,
        outputs);
  }
}
