package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.network.UNet;

/** The commands {@code import} and {@code export}. */
class ExchangeCommandTest {
  /** Where formats.py of module models leaves them. */
  private static final Path FILES = Path.of("../models/src/test/resources/partita/models/weights");

  @TempDir private Path folder;
  private ToyTerminal terminal;

  @BeforeEach
  void openTerminal() {
    terminal = new ToyTerminal(folder);
  }

  private int run(String... words) {
    return terminal.run(words);
  }

  private String out() {
    return terminal.out();
  }

  private String err() {
    return terminal.err();
  }

  private void refused(String reason, String... words) {
    assertEquals(CommandLine.BAD_INPUT, run(words), this::out);
    String message = err();
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
    refused("did you mean 'unet'?", "import", matrix, "--as=u-net");
    refused("Cannot import without a FILE: expected import FILE", "import");
    refused("Cannot use 'two'", "import", matrix, "two");
    refused("Cannot use --to with import", "import", matrix, "--to=x");
    assertEquals(CommandLine.BAD_INPUT, run("import", matrix, "--as=resnet-50"));
    assertTrue(err().contains("choose the file of this"));
    assertFalse(Files.exists(folder.resolve("artifacts")), "nothing is cached");
  }

  @Test
  void weightsThatAreNoNumbersAreBadInputAndNotKept() throws IOException {
    Path file = folder.resolve("unet.safetensors");
    ToyWeights.write(file, new UNet.Config(1, 2));
    String[] words = {"import", file.toString(), "--as=unet", "--runner=DirectRunner"};
    byte[] whole = Files.readAllBytes(file);
    byte[] holed = whole.clone();
    holed[holed.length - 1] = (byte) 0x7F;
    holed[holed.length - 2] = (byte) 0xC0;
    Files.write(file, holed);
    refused("is NaN, expected finite numbers", words);

    Files.write(file, whole);
    assertEquals(CommandLine.OK, run(words), this::err);
    assertTrue(out().contains("as unet: artifact "), out());
  }

  @Test
  void oneTensorIsCountedAsOne() {
    assertEquals(CommandLine.OK, run("import", FILES.resolve("matrix.npy").toString()));
    assertTrue(out().contains("; 1 tensor, "), out());
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
