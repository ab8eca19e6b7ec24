package partita.pipelines.dag;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.WorkArea;

/** The runs that a store has seen. */
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
