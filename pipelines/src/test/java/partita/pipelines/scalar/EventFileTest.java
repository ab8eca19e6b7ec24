package partita.pipelines.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir private Path folder;

  /** The bytes that events.py made TensorBoard write. */
  private static byte[] golden() throws IOException {
    try (InputStream in = EventFileTest.class.getResourceAsStream("events.golden")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void bytesAreThoseThatTensorBoardWrites() throws IOException {
    Path path = folder.resolve("events.out.tfevents.1");
    try (EventFile file = EventFile.create(path, 1769869500.5)) {
      file.append(
          List.of(
              new Scalar("train/loss.D", 0, 1769869501.25, 1.5f),
              new Scalar("train/loss.D", 300, 1769869502.75, -0.1f)));
      file.append(
          List.of(
              new Scalar(
                  Scalar.tag("evaluate", "fid(fashion-classifier)", "seed-3"),
                  5_000_000_000L,
                  1769869503.0,
                  Float.NaN),
              new Scalar("größe", 1, 0.5, 0)));
    }
    assertArrayEquals(golden(), Files.readAllBytes(path));
    assertThrows(FileAlreadyExistsException.class, () -> EventFile.create(path, 0));
  }

  @Test
  void timesBetweenMomentsLieOnStraightLines() {
    WallTimes times = new WallTimes();
    times.saw(10, 100);
    times.saw(20, 200);
    times.saw(40, 220);
    assertEquals(100, times.at(0));
    assertEquals(150, times.at(15));
    assertEquals(200, times.at(20));
    assertEquals(205, times.at(25));
    assertEquals(220, times.at(99));
  }
}
