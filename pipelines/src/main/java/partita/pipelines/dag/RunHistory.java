package partita.pipelines.dag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.StoreLayout;

/** The runs of a store that had something to do, or found other artifacts than the run before. */
public final class RunHistory {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "runs/";
  private static final Pattern LAST = Pattern.compile("last(?:~(\\d{1,9}))?");

  private final ArtifactStore store;

  public RunHistory(ArtifactStore store) {
    this.store = store;
  }

  /** Notes how far a run is. */
  void note(RunRecord record) throws IOException {
    store.refs().write(PREFIX + record.runId(), JSON.writeValueAsBytes(RunNote.of(record)));
  }

  /** Notes a run that found nothing to do, if that tells more than the run before. */
  void noteIdle(RunRecord idle) throws IOException {
    Optional<RunRecord> latest = latest(idle.experiment());
    if (latest.isEmpty() || !sameArtifacts(latest.get(), idle)) {
      note(idle);
    }
  }

  /** Ids of all runs, oldest first. */
  public List<String> ids() throws IOException {
    return store.refs().list(PREFIX).stream().map(name -> name.substring(PREFIX.length())).toList();
  }

  /** What the store remembers of a run. */
  public Optional<RunNote> noteOf(String runId) throws IOException {
    Optional<byte[]> content = store.refs().read(PREFIX + runId);
    return content.isEmpty() ? Optional.empty() : Optional.of(read(runId, content.get()));
  }

  /**
   * A run that is not known any more may have the only claim to an artifact, so this is an error.
   */
  private RunNote read(String runId, byte[] content) throws IOException {
    try {
      return Optional.ofNullable(JSON.readValue(content, RunNote.class)).orElse(RunNote.UNKNOWN);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "Cannot read %s/%s%s in %s: it is damaged; remove the file to forget the run"
              .formatted(StoreLayout.REFS, PREFIX, runId, store.root()),
          e);
    }
  }

  /**
   * The report of the latest run, when that run left the same artifacts as {@code idle}, one that
   * found nothing to do: it tells more than a report of doing nothing.
   */
  public Optional<Path> pageFor(RunRecord idle) throws IOException {
    Optional<RunRecord> latest = latest(idle.experiment());
    if (latest.isEmpty() || !sameArtifacts(latest.get(), idle)) {
      return Optional.empty();
    }
    return Optional.of(store.run(latest.get().runId()).resolve(ReportRenderer.PAGE))
        .filter(Files::isRegularFile);
  }

  private static boolean sameArtifacts(RunRecord one, RunRecord other) {
    return RunNote.of(one).artifacts().equals(RunNote.of(other).artifacts());
  }

  /**
   * The latest run of an experiment that left a record here; one killed at its start, or made on
   * another machine with the same remote store, did not.
   */
  public Optional<RunRecord> latest(String experiment) throws IOException {
    List<String> ids = ids();
    for (int i = ids.size() - 1; i >= 0; i--) {
      Optional<RunNote> note = noteOf(ids.get(i));
      if (note.isPresent() && note.get().experiment().equals(experiment)) {
        Optional<RunRecord> record = record(ids.get(i));
        if (record.isPresent()) {
          return record;
        }
      }
    }
    return Optional.empty();
  }

  /** The record of a run, if it is here and whole. */
  public Optional<RunRecord> record(String runId) throws IOException {
    try {
      return Optional.of(RunRecord.read(store.run(runId)));
    } catch (NoSuchFileException | FileNotFoundException | JsonProcessingException noRecord) {
      return Optional.empty(); // one that is damaged tells no more than none
    }
  }

  /**
   * The run that a person means by its id, the beginning of its id, {@code last} or {@code last~1},
   * the one before the last.
   *
   * @throws BadInputException when there is none such, or several
   */
  public String find(String given) throws IOException {
    List<String> found = matching(given);
    if (found.size() != 1) {
      List<String> ids = ids();
      List<String> known = ids.subList(Math.max(0, ids.size() - 5), ids.size());
      throw new BadInputException(
          "Cannot find run '%s': %d runs in %s are named so, expected the beginning of one id, last or last~1 (latest: %s)"
              .formatted(given, found.size(), store.root(), String.join(", ", known)));
    }
    return found.get(0);
  }

  /** Ids of the runs that a person may mean. */
  public List<String> matching(String given) throws IOException {
    List<String> ids = ids();
    Matcher last = LAST.matcher(given);
    if (last.matches()) {
      int back = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
      return back < ids.size()
          ? Collections.singletonList(ids.get(ids.size() - 1 - back))
          : List.of();
    }
    return given.isEmpty() ? List.of() : ids.stream().filter(id -> id.startsWith(given)).toList();
  }
}
