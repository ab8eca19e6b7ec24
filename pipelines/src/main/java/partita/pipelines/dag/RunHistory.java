package partita.pipelines.dag;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.WorkArea;

/** The runs of a store that had something to do. */
public final class RunHistory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "runs/";

  private final ArtifactStore store;

  public RunHistory(ArtifactStore store) {
    this.store = store;
  }

  /** Notes a run that begins. */
  void add(String runId, String experiment) throws IOException {
    byte[] note = JSON.writeValueAsBytes(JSON.createObjectNode().put("experiment", experiment));
    store.refs().write(PREFIX + runId, note);
  }

  /** Ids of all runs, oldest first. */
  public List<String> ids() throws IOException {
    return store.refs().list(PREFIX).stream().map(name -> name.substring(PREFIX.length())).toList();
  }

  /**
   * The report of the latest run, when that run left the same artifacts as {@code idle}, one that
   * found nothing to do: it tells more than a report of doing nothing.
   */
  public Optional<Path> pageFor(RunRecord idle) throws IOException {
    Optional<RunRecord> latest = latest(idle.experiment());
    if (latest.isEmpty() || !actions(latest.get()).equals(actions(idle))) {
      return Optional.empty();
    }
    return Optional.of(store.run(latest.get().runId()).resolve(ReportRenderer.PAGE))
        .filter(Files::isRegularFile);
  }

  private static Map<String, String> actions(RunRecord record) {
    return record.stages().stream()
        .collect(Collectors.toMap(RunRecord.StageRecord::name, RunRecord.StageRecord::actionKey));
  }

  /**
   * The latest run of an experiment that left a record here; one killed at its start, or made on
   * another machine with the same remote store, did not.
   */
  public Optional<RunRecord> latest(String experiment) throws IOException {
    List<String> ids = ids();
    WorkArea refs = store.refs();
    for (int i = ids.size() - 1; i >= 0; i--) {
      Optional<byte[]> note = refs.read(PREFIX + ids.get(i));
      if (note.isPresent()
          && JSON.readTree(note.get()).path("experiment").asText().equals(experiment)) {
        try {
          return Optional.of(RunRecord.read(store.run(ids.get(i))));
        } catch (NoSuchFileException | FileNotFoundException noRecord) {
          continue;
        }
      }
    }
    return Optional.empty();
  }
}
