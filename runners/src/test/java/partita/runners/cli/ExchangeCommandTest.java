package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code import} and {@code export}. */
class ExchangeCommandTest {
  /** Where formats.py of module models leaves them. */
  private static final Path FILES = Path.of("../models/src/test/resources/partita/models/weights");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... words) {
    out.reset();
    err.reset();
    ToyExperiments toy = new ToyExperiments();
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--artifacts=" + folder.resolve("artifacts"));
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new CommandLine(toy, toy, ToyMain.class.getName(), print, errors).run(all);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void refused(String reason, String... words) {
    assertEquals(CommandLine.BAD_INPUT, run(words), this::out);
    String message = err.toString(StandardCharsets.UTF_8);
    assertTrue(message.contains(reason), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void importShowsWhatAFileHoldsAndTakesNothing() throws IOException {
    String file = FILES.resolve("kinds.safetensors").toString();
    assertEquals(CommandLine.OK, run("import", file));
    assertTrue(out().contains("safetensors, 1.0 kB; 12 tensors, 43 parameters, "), out());
    assertTrue(out().contains("  F16     float16   [2, 3]"), out());
    assertFalse(Files.exists(folder.resolve("artifacts")), "no store is made");

    Path json = folder.resolve("shown.json");
    assertEquals(CommandLine.OK, run("import", "--json=" + json, file));
    JsonNode shown = new ObjectMapper().readTree(json.toFile());
    assertEquals("safetensors", shown.path("format").asText());
    assertEquals("BF16", shown.at("/tensors/0/name").asText());
    assertEquals(
        List.of(2, 3).toString(), shown.at("/tensors/0/shape").toString().replace(",", ", "));
  }

  @Test
  void filesThatCannotBeImportedAreNamed() {
    String hostile = FILES.resolve("hostile-zip.pth").toString();
    refused("Cannot read weights " + hostile + ": it asks to run posix.system", "import", hostile);
    refused("there is no such file", "import", folder.resolve("absent.pth").toString());
    String matrix = FILES.resolve("matrix.npy").toString();
    refused("did you mean 'resnet-50'?", "import", matrix, "--as=resnet50");
    refused("Cannot import without a FILE: expected import FILE", "import");
    refused("Cannot use 'two'", "import", matrix, "two");
    refused("Cannot use --to with import", "import", matrix, "--to=x");
    assertEquals(CommandLine.BAD_INPUT, run("import", matrix, "--as=resnet-50"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("choose the file of this"));
    assertFalse(Files.exists(folder.resolve("artifacts")), "nothing is cached");
  }

  @Test
  void exportFindsStagesOfTheLatestRun() {
    String to = "--to=" + folder.resolve("out");
    refused("experiment toy has not been run", "export", "toy:count", to);
    assertEquals(CommandLine.OK, run("run", "--runner=DirectRunner", "--parallelism=1"));
    refused("did you mean 'count'?", "export", "toy:cuont", to);
    refused("it has {text=}, expected weights", "export", "toy:count", to);
    refused("Cannot export without a place: expected --to=FOLDER", "export", "toy:count");
    refused(
        "--flinkMaster=host:8081 with export",
        "export",
        "toy:count",
        to,
        "--flinkMaster=host:8081");
    assertFalse(Files.exists(folder.resolve("out")));
  }
}
