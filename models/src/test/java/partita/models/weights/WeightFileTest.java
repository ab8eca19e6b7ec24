package partita.models.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that weights.py wrote with PyTorch, whole and broken. */
class WeightFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint-zip", "checkpoint-legacy"})
  void everyElementTypeAndLayoutIsReadAsFloat32(String name) throws IOException {
    try (WeightFile file = WeightFile.open(copy(name))) {
      Map<String, StoredTensor> tensors = file.tensors();
      assertEquals(15, tensors.size());
      for (String type : List.of("float32", "float64", "float16", "bfloat16")) {
        assertEquals(List.of(2L, 3L), tensors.get(type).shape());
        assertArrayEquals(values(0, 6), floats(tensors.get(type)), type);
      }
      for (String type : List.of("int64", "int32", "int16", "int8", "uint8")) {
        assertArrayEquals(new float[] {0, 1, 2}, floats(tensors.get(type)), type);
      }
      assertArrayEquals(new float[] {1, 0, 1}, floats(tensors.get("bool")));
      assertEquals(List.of(), tensors.get("scalar").shape());
      assertArrayEquals(new float[] {0.375f}, floats(tensors.get("scalar")));
      assertArrayEquals(values(0, 4), floats(tensors.get("parameter")));
      assertArrayEquals(values(8, 16), floats(tensors.get("second_half")));
      assertEquals(List.of(2L, 3L, 2L, 2L), tensors.get("channels_last").shape());
      assertArrayEquals(values(0, 24), floats(tensors.get("channels_last")));
      assertEquals(List.of(2L, 3L), tensors.get("transposed").shape());
      assertArrayEquals(
          new float[] {-1, -0.75f, -0.5f, -0.875f, -0.625f, -0.375f},
          floats(tensors.get("transposed")));
    }
  }

  @Test
  void dataParallelPrefixIsLeftOut() throws IOException {
    try (WeightFile file = WeightFile.open(copy("resnet-swav-legacy"))) {
      Set<String> names = file.tensors().keySet();
      assertTrue(names.containsAll(Set.of("conv1.weight", "prototypes.weight")), names::toString);
      assertTrue(names.stream().noneMatch(name -> name.startsWith("module.")), names::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostile-zip", "hostile-legacy"})
  void commandIsRefusedByNameAndNotRun(String name) throws IOException {
    assertRefused(copy(name), "it asks to run posix.system, and only tensors");
    assertFalse(Files.exists(Path.of("hostile-file-was-run")));
  }

  @Test
  void viewWithGapsIsRefused() throws IOException {
    assertRefused(
        copy("view"), "tensor strided of shape [4, 2] is a view with strides [4, 1]; save it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint-zip", "checkpoint-legacy"})
  void fileCutShortAnywhereIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(copy(name));
    for (int length = 0; length < whole.length; length += 61) {
      Path cut = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, length));
      assertRefused(cut, "Cannot read weights " + cut + ": it");
    }
  }

  /** Whatever a byte is changed to, there is an answer, and it is a message about the file. */
  @ParameterizedTest
  @ValueSource(strings = {"checkpoint-zip", "checkpoint-legacy"})
  void changedBytesNeverEscapeAsAnotherError(String name) throws IOException {
    byte[] whole = Files.readAllBytes(copy(name));
    int refused = 0;
    for (int i = 0; i < whole.length; i += 13) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 + i % 255);
      Path path = Files.write(folder.resolve("changed.pth"), changed);
      try (WeightFile file = WeightFile.open(path)) {
        for (StoredTensor tensor : file.tensors().values()) {
          tensor.floats();
        }
      } catch (WeightFileException e) {
        refused++;
        assertTrue(e.getMessage().startsWith("Cannot read weights " + path), e.getMessage());
      }
    }
    assertTrue(refused > 20, refused + " refused");
  }

  @Test
  void compressedArchiveIsRefusedBeforeItIsUnpacked() throws IOException {
    Path bomb = folder.resolve("bomb.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      byte[] zeros = new byte[1 << 16];
      for (int i = 0; i < 1 << 8; i++) {
        zip.write(zeros);
      }
    }
    assertTrue(Files.size(bomb) < 1 << 16);
    assertRefused(bomb, "entry archive/data.pkl of its zip archive is compressed");
  }

  @Test
  void damagedElementsAreFoundByTheirChecksum() throws IOException {
    Path path = copy("checkpoint-zip");
    byte[] bytes = Files.readAllBytes(path);
    bytes[dataOf(path, "checkpoint-zip/data/0")] ^= 1;
    Files.write(path, bytes);
    assertRefused(path, "entry checkpoint-zip/data/0 of its zip archive has checksum");
  }

  @Test
  void otherFilesAreRefusedByTheirBeginning() throws IOException {
    Path text = Files.writeString(folder.resolve("page.pth"), "<!DOCTYPE html><html>not found");
    assertRefused(text, "it is no file of torch.save");
    assertRefused(folder.resolve("absent.pth"), "there is no such file");
    Path zip = folder.resolve("other.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("readme.txt"));
    }
    assertRefused(zip, "its zip archive has 0 entries data.pkl");
  }

  @Test
  void pickleThatNeverEndsOrDemandsMuchIsRefused() throws IOException {
    assertRefused(legacy("]", "2".repeat(1 << 22)), "larger than 4 MiB");
    assertRefused(legacy("X\u00ff\u00ff\u00ff\u007f", "abc"), "larger than 4 MiB");
    assertRefused(legacy("}(]K\u0001u", "."), "keys are neither text nor whole numbers");
    assertRefused(legacy("cbuiltins\neval\n", "."), "it asks to run builtins.eval");
    assertRefused(legacy("\u008c\bbuiltins\u008c\u0004eval\u0093", "."), "builtins.eval");
    assertRefused(legacy("K\u0001K\u0002R", "."), "its pickle is damaged");
    assertRefused(legacy("K\u0001)\u0081", "."), "its pickle makes an object");
    assertRefused(legacy("\u0082", "."), "the instruction 0x82");
    assertRefused(legacy(")K\u0001a", "."), "its pickle is damaged");
    String storage = "(U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpu\u008a\b";
    assertRefused(
        legacy(storage + "\0".repeat(7) + "@tQ", "."), "has 4611686018427387904 elements");
  }

  /** A few bytes each, by which a small file could take all memory or time. */
  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatAPickleRemembersItCannotMultiply() throws IOException {
    String pair = "(U\u0001aK\u0001t";
    String remembered =
        "ccollections\nOrderedDict\nq\u00000](" + pair + "2".repeat(1 << 20) + "e\u0085q\u00010";
    assertRefused(
        legacy(remembered, "h\u0000h\u0001R0".repeat(1 << 19) + "."), "larger than 4 MiB");
    String nested = "]q\u00000" + "h\u0000h\u0000\u0086q\u00000".repeat(60);
    assertRefused(legacy("}.\u0080\u0002" + nested, "](h\u0000e."), "whose key is no text");
    String id = "(U\u0007storagectorch\nFloatStorage\nh\u0000U\u0003cpuJ\u00ff\u00ff\u00ff\u00fftQ";
    assertRefused(legacy(nested + id, "."), "its pickle is damaged");
    String storage = id.replace("h\u0000", "U\u00010").replace("\u00ff", "\u0001");
    String ones = "(" + "K\u0001".repeat(65) + "t";
    assertRefused(
        legacy("ctorch._utils\n_rebuild_tensor_v2\n(" + storage + "K\u0000" + ones + ones, "tR."),
        "it has a tensor of 65 dimensions");
  }

  private Path legacy(String instructions, String rest) throws IOException {
    byte[] start =
        "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\u0002M\u00e9\u0003."
            .getBytes(StandardCharsets.ISO_8859_1);
    String machine = "\u0080\u0002}X\r\u0000\u0000\u0000little_endian\u0088s.\u0080\u0002";
    Path path = folder.resolve("made.pth");
    try (var out = Files.newOutputStream(path)) {
      out.write(start);
      out.write((machine + instructions + rest).getBytes(StandardCharsets.ISO_8859_1));
    }
    return path;
  }

  private void assertRefused(Path path, String reason) {
    WeightFileException e =
        assertThrows(
            WeightFileException.class,
            () -> {
              try (WeightFile file = WeightFile.open(path)) {
                for (StoredTensor tensor : file.tensors().values()) {
                  tensor.floats();
                }
              }
            });
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(e.getMessage().contains(path.toString()), e.getMessage());
  }

  /** Position of the first byte of an uncompressed entry. */
  private static int dataOf(Path path, String entry) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int header = text.indexOf(entry) - 30;
    int extra = (bytes[header + 28] & 0xFF) | (bytes[header + 29] & 0xFF) << 8;
    return header + 30 + entry.length() + extra;
  }

  private Path copy(String name) throws IOException {
    Path path = folder.resolve(name + ".pth");
    try (InputStream in = WeightFileTest.class.getResourceAsStream(name + ".pth")) {
      Files.copy(in, path);
    }
    return path;
  }

  private static float[] floats(StoredTensor tensor) throws IOException {
    var buffer = tensor.floats().asFloatBuffer();
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return floats;
  }

  /** Elements from .. to of every array of weights.py. */
  private static float[] values(int from, int to) {
    float[] values = new float[to - from];
    IntStream.range(from, to).forEach(i -> values[i - from] = (i % 16 - 8) / 8f);
    return values;
  }
}
