package partita.models.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static partita.models.weights.SampleFile.floats;
import static partita.models.weights.SampleFile.values;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void everyElementTypeIsRead() throws IOException {
    try (WeightFile file = WeightFile.open(SampleFile.copy("kinds.safetensors", folder))) {
      assertEquals("safetensors", file.format());
      Map<String, StoredTensor> tensors = file.tensors();
      assertEquals(12, tensors.size());
      for (String type : List.of("F64", "F32", "F16", "BF16")) {
        assertEquals(List.of(2L, 3L), tensors.get(type).shape());
        assertArrayEquals(values(6), floats(tensors.get(type)), type);
      }
      for (String type : List.of("I64", "I32", "I16", "I8", "U8")) {
        assertArrayEquals(new float[] {0, 1, 2}, floats(tensors.get(type)), type);
      }
      assertArrayEquals(new float[] {1, 0, 1}, floats(tensors.get("BOOL")));
      assertEquals("bool", tensors.get("BOOL").dtype());
      assertEquals(List.of(0L, 4L), tensors.get("empty").shape());
      assertArrayEquals(new float[0], floats(tensors.get("empty")));
      assertArrayEquals(new float[] {0.375f}, floats(tensors.get("scalar")));
      assertEquals(48, tensors.get("F64").bytes());
    }
  }

  /** The bytes that formats.py read. */
  @Test
  void equalTensorsMakeEqualBytesInAnyOrder() throws IOException {
    List<NamedTensor> tensors = new ArrayList<>(tensors());
    Path first = folder.resolve("first.safetensors");
    Safetensors.write(first, tensors);
    Collections.reverse(tensors);
    Path second = folder.resolve("second.safetensors");
    Safetensors.write(second, tensors);

    byte[] written = Files.readAllBytes(first);
    assertArrayEquals(written, Files.readAllBytes(second));
    assertArrayEquals(SampleFile.bytes("written.safetensors"), written);
    try (WeightFile file = WeightFile.open(first)) {
      assertArrayEquals(values(6), floats(file.tensors().get("layer/weight")));
      assertArrayEquals(new float[] {1, 2}, floats(file.tensors().get("bias")));
      assertEquals(List.of(), file.tensors().get("steps").shape());
    }
  }

  @Test
  void tensorsThatCannotBeToldApartOrHaveOtherSizesAreNotWritten() throws IOException {
    Path file = folder.resolve("out.safetensors");
    NamedTensor one = tensors().get(0);
    assertRefusedToWrite("the name is taken", file, List.of(one, one));
    NamedTensor longer =
        new NamedTensor(one.role(), "b", one.type(), List.of(3L, 3L), one.content());
    assertRefusedToWrite("found 24 bytes, expected 36", file, List.of(longer));
    Files.deleteIfExists(file);
    Files.writeString(file, "mine");
    assertThrows(FileAlreadyExistsException.class, () -> Safetensors.write(file, List.of(one)));
    assertEquals("mine", Files.readString(file));
  }

  private static void assertRefusedToWrite(String reason, Path file, List<NamedTensor> tensors) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Safetensors.write(file, tensors))
            .getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void headersThatDoNotFitTheBytesAreRefused() throws IOException {
    String a = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";
    String b = "'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}";
    SampleFile.readAll(file("{" + a + "," + b + "}", 12));
    SampleFile.readAll(file("{" + b + "," + a + "}   ", 12));

    refused("tensors take 12 bytes and 11 follow", "{" + a + "," + b + "}", 11);
    refused("tensors take 12 bytes and 13 follow", "{" + a + "," + b + "}", 13);
    refused("names a twice", "{" + a + "," + a + "}", 8);
    refused("names __metadata__ twice", "{'__metadata__':{},'__metadata__':{}}", 0);
    refused("tensor b F32 [1] is at bytes 8 to 12, expected 0 to 4", "{" + b + "}", 12);
    String overlap = b.replace("[8,12]", "[4,8]");
    refused(
        "is at bytes 0 to 8, expected 4 to 12",
        "{"
            + a.replace("[0,8]", "[0,4]").replace("[2]", "[1]")
            + ",'c':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        8);
    refused(
        "tensor b F32 [1] is at bytes 4 to 8, expected 8 to 12", "{" + a + "," + overlap + "}", 8);
    refused("tensor a F32 [2] is at bytes 8 to 0", "{" + a.replace("[0,8]", "[8,0]") + "}", 8);
    refused("at most 64 whole numbers from 0 on", "{" + a.replace("[2]", "[-2]") + "}", 8);
    refused("at most 64 whole numbers from 0 on", "{" + a.replace("[2]", "[2.0]") + "}", 8);
    refused("impossible shape", "{" + a.replace("[2]", "[999999999999,999999999999]") + "}", 8);
    refused("element type F8_E5M2, expected one of", "{" + a.replace("F32", "F8_E5M2") + "}", 8);
    refused("no dtype, shape and two data_offsets", "{'a':{'dtype':'F32'}}", 0);
    refused("the key 'dtype' twice", "{" + a.replace("'shape'", "'dtype':'F32','shape'") + "}", 8);
    refused("has for k something else than text", "{'__metadata__':{'k':1}}", 0);
    refused("no JSON of safetensors", "{'a':[]}", 0);
    refused("no JSON of safetensors", "{" + a, 8);
    refused("no JSON of safetensors", "{}{}", 0);
    refused("no JSON of safetensors", "{}]", 0);
    refused("no JSON of safetensors", "{\u00ff}", 0);
  }

  @Test
  void lengthsOfHeadersThatTheFileCannotHoldAreRefused() throws IOException {
    Path file = folder.resolve("long.safetensors");
    for (long length : new long[] {3, 1L << 40, -1, Long.MIN_VALUE}) {
      Files.write(file, headed(length, "{}", 0));
      SampleFile.assertRefused(file, "header claims " + Long.toUnsignedString(length) + " bytes");
    }
  }

  private void refused(String reason, String header, int data) throws IOException {
    SampleFile.assertRefused(file(header, data), reason);
  }

  private Path file(String header, int data) throws IOException {
    String json = header.replace('\'', '"');
    return Files.write(folder.resolve("made.safetensors"), headed(json.length(), json, data));
  }

  private static byte[] headed(long length, String header, int data) {
    return ByteBuffer.allocate(8 + header.length() + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }

  private static List<NamedTensor> tensors() {
    ByteBuffer floats = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    floats.asFloatBuffer().put(values(6));
    ByteBuffer halves = ByteBuffer.wrap(new byte[] {(byte) 0x80, 0x3f, 0, 0x40});
    ByteBuffer steps = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 12);
    return List.of(
        new NamedTensor(
            TensorRole.PARAMETER,
            "layer/weight",
            DataType.FLOAT32,
            List.of(2L, 3L),
            floats::duplicate),
        new NamedTensor(
            TensorRole.BUFFER, "bias", DataType.BFLOAT16, List.of(2L), halves::duplicate),
        new NamedTensor(TensorRole.STEP, "steps", DataType.INT64, List.of(), steps::duplicate));
  }
}
