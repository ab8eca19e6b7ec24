package partita.pipelines.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunNote;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoreLayout;

/** The pins of a store, {@code refs/pins/<run id or action key>}. */
public final class Pins {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "pins/";

  private final ArtifactStore store;

  public Pins(ArtifactStore store) {
    this.store = store;
  }

  /** All pins, by id. */
  public List<Pin> all() throws IOException {
    List<Pin> pins = new ArrayList<>();
    for (String name : store.refs().list(PREFIX)) {
      Optional<byte[]> content = store.refs().read(name);
      if (content.isPresent()) {
        pins.add(read(name, content.get()));
      }
    }
    return pins;
  }

  private Pin read(String name, byte[] content) throws IOException {
    try {
      Pin pin = JSON.readValue(content, Pin.class);
      if (pin != null) {
        return pin;
      }
    } catch (JsonProcessingException e) {
      throw damaged(name);
    }
    throw damaged(name);
  }

  private IOException damaged(String name) {
    return new IOException(
        "Cannot read %s/%s in %s: it is damaged; remove the file to undo the pin"
            .formatted(StoreLayout.REFS, name, store.root()));
  }

  /**
   * Pins what a person names: a run by its id, the beginning of it, {@code last} or {@code last~1},
   * or an artifact by the beginning of its key or as {@code experiment:stage}.
   *
   * @throws BadInputException when the text names neither, or several
   */
  public Pin pin(String given) throws IOException {
    Pin pin = named(given, "pin");
    store.refs().write(PREFIX + pin.id(), JSON.writeValueAsBytes(pin));
    return pin;
  }

  /**
   * Removes a pin.
   *
   * @throws BadInputException when there is none of what the text names
   */
  public Pin unpin(String given) throws IOException {
    List<Pin> pins = all();
    List<Pin> found = pins.stream().filter(pin -> pin.id().startsWith(given)).toList();
    if (found.size() != 1 || given.isEmpty()) {
      Pin named = named(given, "unpin");
      found = pins.stream().filter(pin -> pin.id().equals(named.id())).toList();
    }
    if (found.isEmpty()) {
      throw new BadInputException(
          "Cannot unpin '%s': it is not pinned; pinned in %s: %s"
              .formatted(given, store.root(), pins.stream().map(Pin::id).toList()));
    }
    store.refs().delete(PREFIX + found.get(0).id());
    return found.get(0);
  }

  private Pin named(String given, String verb) throws IOException {
    RunHistory history = new RunHistory(store);
    List<String> runs = history.matching(given);
    List<String> artifacts =
        given.matches("[0-9a-f]{6,64}") ? NamedArtifact.keys(store, given) : List.of();
    if (runs.size() == 1 && artifacts.isEmpty()) {
      String experiment = history.noteOf(runs.get(0)).map(RunNote::experiment).orElse("");
      return new Pin(Pin.RUN, runs.get(0), experiment);
    } else if (!runs.isEmpty()) {
      throw new BadInputException(
          "Cannot %s '%s': it names %d runs and %d artifacts in %s, expected one"
              .formatted(verb, given, runs.size(), artifacts.size(), store.root()));
    }
    if (artifacts.isEmpty() && !given.contains(":")) {
      throw new BadInputException(
          "Cannot %s '%s': nothing in %s is named so; expected the beginning of a run's id, last, last~1, experiment:stage, or the first 6 or more digits of an artifact's key"
              .formatted(verb, given, store.root()));
    }
    String key = NamedArtifact.key(store, given, verb);
    return new Pin(Pin.ARTIFACT, key, store.find(key).map(Manifest::stage).orElse(""));
  }
}
