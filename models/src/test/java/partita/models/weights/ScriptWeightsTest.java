package partita.models.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static partita.models.weights.SampleFile.floats;
import static partita.models.weights.SampleFile.values;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that formats.py saved with torch.jit, and pickles that pretend to be such. */
class ScriptWeightsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"scripted", "traced"})
  void tensorsHaveTheNamesOfTheStateDict(String name) throws IOException {
    try (WeightFile file = WeightFile.open(SampleFile.copy(name + ".pt", folder))) {
      assertEquals("torchscript", file.format());
      Map<String, StoredTensor> tensors = file.tensors();
      assertEquals(
          List.of(
              "conv.bias",
              "conv.weight",
              "layers.0.bias",
              "layers.0.weight",
              "norm.bias",
              "norm.num_batches_tracked",
              "norm.running_mean",
              "norm.running_var",
              "norm.weight"),
          List.copyOf(tensors.keySet()));
      assertEquals(List.of(2L, 1L, 1L, 1L), tensors.get("conv.weight").shape());
      assertArrayEquals(values(4), floats(tensors.get("layers.0.weight")));
      assertEquals("int64", tensors.get("norm.num_batches_tracked").dtype());
    }
  }

  @Test
  void frozenModuleIsExplained() throws IOException {
    SampleFile.assertRefused(
        SampleFile.copy("frozen.pt", folder), "save the module before it is frozen");
  }

  @Test
  void modulesThatContainEachOtherOrShareWithoutEndAreRefused() throws IOException {
    String module = "c__torch__\nM\n)\u0081";
    String self = module + "q\u0000}U\u0001ah\u0000sb.";
    SampleFile.assertRefused(script(self), "its modules contain each other");
    SampleFile.assertRefused(script(doubling(60)), "its modules contain each other");
  }

  /** Each module has the one before twice, so the names double with every level. */
  private static String doubling(int levels) {
    StringBuilder pickle = new StringBuilder("c__torch__\nM\n)\u0081q\u0000");
    for (int i = 0; i < levels; i++) {
      pickle.append("0c__torch__\nM\n)\u0081}(U\u0001ah\u0000U\u0001bh\u0000ubq\u0000");
    }
    return pickle.append('.').toString();
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void codeIsNeverAskedFor() throws IOException {
    SampleFile.assertRefused(
        script("cposix\nsystem\n(U\u0002lst R."), "it asks to run posix.system");
    SampleFile.assertRefused(
        script("c__torch__\nM\n(K\u0001t\u0081."), "makes an object, which files of weights");
    SampleFile.assertRefused(
        script("c__torch__\nM\n)\u0081K\u0001b."), "keeps something else than attributes");
    SampleFile.assertRefused(script("c__torch__\nM\nU\u0001xR."), "its pickle is damaged");
    SampleFile.assertRefused(script("}."), "holds no module");
  }

  private Path script(String pickle) throws IOException {
    return new ZipMaker()
        .stored("m/data.pkl", ("\u0080\u0002" + pickle).getBytes(StandardCharsets.ISO_8859_1))
        .stored("m/constants.pkl", new byte[0])
        .write(folder.resolve("made.pt"));
  }
}
