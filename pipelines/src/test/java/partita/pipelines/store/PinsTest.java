package partita.pipelines.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.Toys;

class PinsTest {
  @TempDir private Path folder;
  private RunRecord run;
  private Pins pins;

  @BeforeEach
  void runOnce() throws IOException {
    Toys.reset();
    ToyStore toys = new ToyStore(folder.resolve("artifacts"));
    run = toys.run("abc", 2);
    pins = new Pins(toys.store);
  }

  @Test
  void runsAndArtifactsArePinnedByAnyOfTheirNamesAndListed() throws Exception {
    String key = run.stage("join").orElseThrow().actionKey();
    assertEquals(new Pin("run", run.runId(), "toy"), pins.pin(run.runId().substring(0, 10)));
    assertEquals(new Pin("artifact", key, "join"), pins.pin("toy:join"));
    pins.pin(key);
    pins.pin("last");
    assertEquals(2, pins.all().size());

    assertEquals(key, pins.unpin("toy:join").id());
    assertEquals(run.runId(), pins.unpin(run.runId()).id());
    assertEquals(List.of(), pins.all());
  }

  @Test
  void whatIsNotThereOrNotPinnedIsRefused() {
    assertTrue(refused(() -> pins.unpin("last")).contains("it is not pinned"));
    assertTrue(refused(() -> pins.unpin("")).contains("expected the beginning of a run's id"));
    assertTrue(refused(() -> pins.pin("last~7")).contains("expected the beginning of a run's id"));
  }

  private static String refused(org.junit.jupiter.api.function.Executable pin) {
    return assertThrows(BadInputException.class, pin).getMessage();
  }
}
