package partita.pipelines.system;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import partita.models.network.Architecture;
import partita.models.network.PretrainedNetwork;

/**
 * A file in PyTorch's older format with all names and shapes of a network, whose arrays share one
 * storage of zeros: what an import looks at first, without the 100 MB.
 */
final class PretendWeights {
  private static final String MAGIC = "80028a0a6cfc9c46f9206aa850192e8002" + "4de9032e8002";

  private PretendWeights() {}

  static Path write(Path file, Architecture architecture) throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      PretrainedNetwork network = architecture.build(manager);
      network.parameters().forEach((name, array) -> shapes.put(name, shape(array)));
      network.buffers().forEach((name, array) -> shapes.put(name, shape(array)));
    }
    int largest = shapes.values().stream().mapToInt(PretendWeights::size).max().orElseThrow();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex(MAGIC));
    out.writeBytes(ascii("}"));
    text(out, "little_endian");
    out.writeBytes(new byte[] {(byte) 0x88, 's', '.', (byte) 0x80, 2, '}', '('});
    shapes.forEach((name, shape) -> tensor(out, name, shape, largest));
    out.writeBytes(ascii("u."));
    out.writeBytes(new byte[] {(byte) 0x80, 2, ']'});
    text(out, "0");
    out.writeBytes(ascii("a."));
    ByteBuffer storage =
        ByteBuffer.allocate(Long.BYTES + largest * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.writeBytes(storage.putLong(0, largest).array());
    return Files.write(file, out.toByteArray());
  }

  private static void tensor(ByteArrayOutputStream out, String name, long[] shape, int elements) {
    text(out, name);
    out.writeBytes(ascii("ctorch._utils\n_rebuild_tensor_v2\n(("));
    text(out, "storage");
    out.writeBytes(ascii("ctorch\nFloatStorage\n"));
    text(out, "0");
    text(out, "cpu");
    number(out, elements);
    out.writeBytes(ascii("NtQK\0("));
    for (long size : shape) {
      number(out, (int) size);
    }
    out.writeBytes(ascii("t("));
    int stride = size(shape);
    for (long size : shape) {
      stride /= (int) size;
      number(out, stride);
    }
    out.writeBytes(ascii("ttR"));
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write('X');
    out.writeBytes(littleEndian(text.length()));
    out.writeBytes(ascii(text));
  }

  private static void number(ByteArrayOutputStream out, int number) {
    out.write('J');
    out.writeBytes(littleEndian(number));
  }

  private static byte[] littleEndian(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static long[] shape(NDArray array) {
    return array.getShape().getShape();
  }

  private static int size(long[] shape) {
    int size = 1;
    for (long side : shape) {
      size *= (int) side;
    }
    return size;
  }
}
