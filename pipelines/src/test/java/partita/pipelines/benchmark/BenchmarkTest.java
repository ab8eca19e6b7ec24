package partita.pipelines.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import partita.pipelines.dag.BadInputException;

/** Tables of papers as files. */
class BenchmarkTest {
  static final String TABLE =
      """
      title: How well it counts
      paper: {citation: 'Nobody, Counting, 1999', table: Table 7}
      trial: a training
      error: standard error
      trials: {paper: 10, minimum: 2}
      firstSeed: 5
      protocol: all points
      groups:
        ring:
          title: Ring
          experiment: toy
          steps: 20
          samples: 100
          columns:
            modes: {title: Modes, metric: modes, better: higher, tolerance: {absolute: 0.5}}
            quality: {title: Quality, metric: quality, better: lower, tolerance: {errors: 2}}
        grid:
          title: Grid
          steps: 20
          samples: 100
          needs: [{kind: data, what: the grid}]
          columns:
            modes: {title: Modes, metric: modes, better: higher, tolerance: {absolute: 0.5}}
      rows:
        gan:
          title: GAN
          set: [a=1, b=2]
          groups:
            ring: {paper: {modes: 6.3 ± 0.5, quality: 98.2 ± 0.2}, set: [b=3]}
            grid: {paper: {modes: 17.3 ± 0.8}}
        ours:
          title: Ours
          groups:
            ring: {paper: {modes: 8.0 ± 0.0, quality: 99.5 ± 0.3}}
            grid: {paper: {modes: 25.0 ± 0.0}, needs: [{kind: gpu, what: three weeks of a GPU}]}
      """;

  @TempDir private Path folder;

  private Benchmark table(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("table.yaml"), yaml);
    return Benchmark.read(file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"self-conditioned/1", "self-conditioned/2"})
  void tableThatComesWithPartitaIsWhole(String name) throws IOException {
    Benchmark table = Benchmark.read(name);
    assertEquals(
        table.rows().size() * table.groups().size(), table.setups().size(), "rows in groups");
  }

  @Test
  void tableOneHasTheFortyEightFiguresOfThePaper() throws IOException {
    Benchmark table = Benchmark.read("self-conditioned/1");
    long figures = 0;
    for (Setup setup : table.setups()) {
      // Rows of ours: the paper neither averages the generator nor limits the counts.
      if (List.of("ours-averaged", "online-memory").contains(setup.row())) {
        continue;
      }
      figures += setup.columns().columns().keySet().stream().map(setup::paper).count();
    }
    assertEquals(48, figures);
  }

  @Test
  void overridesOfTheGroupFollowThoseOfTheRow() throws IOException {
    Setup setup = table(TABLE).setups().get(0);
    assertEquals("gan ring", setup.name());
    assertEquals(List.of("a=1", "b=2", "b=3"), setup.overrides());
    assertEquals("6.3 ± 0.5", setup.paper("modes").text());
    assertEquals(6, setup.seed(2), "seeds count up from the first");
  }

  @Test
  void gpuIsNoNeedOnAGpuOrAtAnotherSizeAndDataIsOneAlways() throws IOException {
    Setup setup = table(TABLE).setups().get(3);
    assertEquals("ours grid", setup.name());
    assertEquals(List.of("the grid", "three weeks of a GPU"), setup.lacks("cpu", false));
    assertEquals(List.of("the grid"), setup.lacks("cuda", false));
    assertEquals(List.of("the grid"), setup.lacks("cpu", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modes: 25.0 ± 0.0|x: 1|row 'ours', group 'grid' lacks the paper's figure for column 'modes'",
        "{modes: 17.3 ± 0.8}|{modse: 17.3 ± 0.8}|for column 'modse', which does not exist; did you mean 'modes'?",
        "modes: 6.3 ± 0.5|modes: 6.3|column 'modes': the paper's figure is '6.3', expected mean and error",
        "ring: {paper: {modes: 8.0 ± 0.0, quality: 99.5 ± 0.3}}|rnig: {paper: {}}|row 'ours' lacks the paper's figure for group 'ring'",
        "needs: [{kind: data, what: the grid}]|requires: {}|row 'gan', group 'grid': the group has no experiment",
        "steps: 20|steps: 0|group 'ring' has steps 0 and samples 100, expected at least 1",
        "minimum: 2|minimum: 11|'trials': minimum is 11, expected at most the 10 trials of the paper",
        "minimum: 2|minimum: 0|'trials': paper is 10 and minimum 0, expected at least 1",
        "tolerance: {errors: 2}|tolerance: {}|a tolerance allows nothing",
        "better: lower|better: down|did you mean 'lower'?",
        "  ours:|  gan:|Duplicate field 'gan' at line ",
        "  ours:|  ../ours:|row '../ours' cannot be picked or name a file",
        "quality|high/quality|column 'high/quality' cannot be picked or name a file",
        "firstSeed|firstSed|unknown key 'firstSed'; did you mean 'firstSeed'?",
      })
  void mistakeInATableIsNamed(String part, String mistake, String message) {
    BadInputException error =
        assertThrows(BadInputException.class, () -> table(TABLE.replace(part, mistake)));
    assertTrue(error.getMessage().startsWith("Cannot read table "), error.getMessage());
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void unknownTableNamesTheNearest() {
    BadInputException error =
        assertThrows(BadInputException.class, () -> Benchmark.read("self-conditoned/1"));
    assertTrue(
        error.getMessage().startsWith("Cannot use table 'self-conditoned/1'"), error.getMessage());
    assertTrue(
        error.getMessage().contains("did you mean 'self-conditioned/1'?"), error.getMessage());
  }

  @Test
  void fileThatIsNoTextIsBadInput() throws IOException {
    Path file = Files.write(folder.resolve("table.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    BadInputException error =
        assertThrows(BadInputException.class, () -> Benchmark.read(file.toString()));
    assertTrue(error.getMessage().contains("it cannot be opened as text"), error.getMessage());
  }

  @Test
  void partOfATableHasTheRowsAndColumnsThatWereAskedFor() throws IOException {
    Benchmark part = TablePart.of(table(TABLE), List.of("ours"), List.of("grid", "ring/quality"));
    assertEquals(List.of("ours"), List.copyOf(part.rows().keySet()));
    assertEquals(List.of("ring", "grid"), List.copyOf(part.groups().keySet()));
    assertEquals(List.of("quality"), List.copyOf(part.groups().get("ring").columns().keySet()));
    assertEquals(
        List.of("ring"),
        List.copyOf(
            TablePart.of(table(TABLE), List.of(), List.of("ring/modes")).groups().keySet()));
  }

  @Test
  void partThatDoesNotExistNamesTheNearest() throws IOException {
    Benchmark table = table(TABLE);
    BadInputException row =
        assertThrows(BadInputException.class, () -> TablePart.of(table, List.of("gna"), List.of()));
    assertTrue(row.getMessage().contains("did you mean 'gan'?"), row.getMessage());
    BadInputException column =
        assertThrows(
            BadInputException.class, () -> TablePart.of(table, List.of(), List.of("ring/mode")));
    assertTrue(column.getMessage().contains("did you mean 'ring/modes'?"), column.getMessage());
  }
}
