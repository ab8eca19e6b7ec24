package partita.models.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static partita.models.weights.SampleFile.floats;
import static partita.models.weights.SampleFile.values;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that formats.py wrote with NumPy, whole and broken. */
class NpyTest {
  private static final String MATRIX =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"matrix", "matrix-fortran", "matrix-big-endian", "matrix-v2", "matrix-v3"})
  void everyVersionAndOrderIsReadAsTheSameMatrix(String name) throws IOException {
    Path path = SampleFile.copy(name + ".npy", folder);
    try (WeightFile file = WeightFile.open(path)) {
      assertEquals("npy", file.format());
      StoredTensor array = file.tensors().get("array");
      assertEquals(List.of(5L, 4L), array.shape());
      assertArrayEquals(values(20), floats(array));
    }
    NpyFile rows = NpyFile.open(path);
    assertEquals(5, rows.rows());
    assertEquals(4, rows.width());
    FloatBuffer target = FloatBuffer.allocate(14);
    target.position(1);
    rows.read(1, 3, target);
    assertEquals(13, target.position());
    assertArrayEquals(
        Arrays.copyOfRange(values(20), 4, 16), Arrays.copyOfRange(target.array(), 1, 13));
    assertThrows(IndexOutOfBoundsException.class, () -> rows.read(4, 2, target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrays", "arrays-compressed"})
  void everyElementTypeOfAnArchiveIsRead(String name) throws IOException {
    try (WeightFile file = WeightFile.open(SampleFile.copy(name + ".npz", folder))) {
      assertEquals("npz", file.format());
      Map<String, StoredTensor> arrays = file.tensors();
      assertEquals(14, arrays.size());
      for (String type : List.of("f2", "f4", "f8", "big")) {
        assertArrayEquals(values(6), floats(arrays.get(type)), type);
      }
      for (String type : List.of("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8")) {
        assertArrayEquals(new float[] {0, 1, 2}, floats(arrays.get(type)), type);
      }
      assertEquals("uint16", arrays.get("u2").dtype());
      assertArrayEquals(new float[] {1, 0, 1}, floats(arrays.get("bool")));
      assertArrayEquals(new float[] {0.375f}, floats(arrays.get("scalar")));
    }
  }

  @Test
  void objectsTextAndRecordsAreRefused() throws IOException {
    SampleFile.assertRefused(
        SampleFile.copy("objects.npy", folder), "its elements are '|O', expected plain numbers");
    SampleFile.assertRefused(
        SampleFile.copy("records.npy", folder), "its elements are [('a', '<f4'), ('b', '<i4')]");
    refused("its elements are '<U5'", MATRIX.replace("f4", "U5"), 24);
    refused("its elements are '<c8'", MATRIX.replace("f4", "c8"), 48);
  }

  @Test
  void headersThatAreNoPlainDictionaryOrDoNotFitTheBytesAreRefused() throws IOException {
    SampleFile.readAll(made(1, MATRIX, 24));
    SampleFile.readAll(made(1, MATRIX.replace("(2, 3)", "(2L,3L,)"), 24));
    refused("25 bytes follow the header of an array float32 [2, 3], expected 24", MATRIX, 25);
    refused("23 bytes follow the header", MATRIX, 23);
    refused("expected descr, fortran_order and shape", MATRIX.replace("False", "exit()"), 24);
    refused("expected descr, fortran_order and shape", MATRIX.replace("False", "None"), 24);
    refused("expected descr, fortran_order and shape", MATRIX.replace("(2, 3)", "(2, -3)"), 24);
    refused("expected descr, fortran_order and shape", MATRIX.replace("'shape'", "'descr'"), 24);
    refused("expected descr, fortran_order and shape", MATRIX.replace(", 'shape': (2, 3)", ""), 24);
    refused("expected descr, fortran_order and shape", MATRIX + MATRIX, 24);
    refused("of 33 dimensions", MATRIX.replace("(2, 3)", "(" + "1, ".repeat(33) + ")"), 4);
    String huge = "(" + "999999999999, ".repeat(5) + ")";
    refused("impossible shape", MATRIX.replace("(2, 3)", huge), 24);
    SampleFile.assertRefused(made(4, MATRIX, 24), "version 4.0, expected 1.0, 2.0 or 3.0");
    Path path = made(2, MATRIX, 24);
    byte[] bytes = Files.readAllBytes(path);
    bytes[11] = 1;
    SampleFile.assertRefused(Files.write(path, bytes), "bytes, expected at most 65,536");
  }

  @Test
  void rowWithAValueThatIsNotFiniteIsNamed() throws IOException {
    byte[] bytes = SampleFile.bytes("matrix.npy");
    bytes[128 + 4 * 14 + 3] = 0x7F; // value 2 of row 3
    bytes[128 + 4 * 14 + 2] = (byte) 0xC0;
    Path path = Files.write(folder.resolve("nan.npy"), bytes);
    NpyFile rows = NpyFile.open(path);
    rows.read(0, 3, FloatBuffer.allocate(12));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> rows.read(1, 4, FloatBuffer.allocate(16)))
            .getMessage();
    assertTrue(message.startsWith("Cannot use row 3 of " + path + ": value 2 is NaN"), message);
  }

  @Test
  void onlyMatricesOfFloatsAreRows() throws IOException {
    Path whole = made(1, MATRIX.replace("f4", "i4"), 24);
    assertNoRows(whole, "it holds int32 [2, 3], expected a matrix [rows, width] of float32");
    assertNoRows(made(1, MATRIX.replace("(2, 3)", "(6,)"), 24), "it holds float32 [6], expected");
    assertNoRows(made(1, MATRIX.replace("(2, 3)", "(6, 0)"), 0), "it holds float32 [6, 0]");
    assertNoRows(folder.resolve("absent.npy"), "there is no such file");
    assertEquals(0, NpyFile.open(made(1, MATRIX.replace("(2, 3)", "(0, 3)"), 0)).rows());
  }

  private static void assertNoRows(Path path, String reason) {
    String message = assertThrows(WeightFileException.class, () -> NpyFile.open(path)).getMessage();
    assertTrue(message.startsWith("Cannot read rows of " + path + ": " + reason), message);
  }

  private void refused(String reason, String header, int data) throws IOException {
    SampleFile.assertRefused(made(1, header, data), reason);
  }

  private Path made(int version, String header, int data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    int length = version == 1 ? 2 : 4;
    byte[] bytes = new byte[8 + length + text.length + data];
    System.arraycopy(NpyHeader.MAGIC.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 0, 6);
    bytes[6] = (byte) version;
    bytes[8] = (byte) text.length;
    bytes[9] = (byte) (text.length >> 8);
    System.arraycopy(text, 0, bytes, 8 + length, text.length);
    return Files.write(folder.resolve("made.npy"), bytes);
  }
}
