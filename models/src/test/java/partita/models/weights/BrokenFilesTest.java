package partita.models.weights;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every file of the scripts with one byte changed or the end cut off, at every place of small ones:
 * it is read, or refused with a message about the file, and takes little memory.
 */
class BrokenFilesTest {
  private static final long MOST_ALLOCATED = 8 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "kinds.safetensors, 2",
    "matrix.npy, 1",
    "matrix-fortran.npy, 1",
    "matrix-v2.npy, 1",
    "matrix-v3.npy, 1",
    "objects.npy, 1",
    "view.pth, 2",
    "hostile-legacy.pth, 1",
    "arrays.npz, 11",
    "arrays-compressed.npz, 11",
    "checkpoint-legacy.pth, 5",
    "checkpoint-zip.pth, 23",
    "traced.pt, 41"
  })
  void nothingButAMessageAboutTheFileComesOfIt(String name, int step) throws IOException {
    byte[] whole = SampleFile.bytes(name);
    Path path = Files.write(folder.resolve(name), whole);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      for (int i = 0; i < whole.length; i += step) {
        for (int change : new int[] {1 + i % 255, 0xFF}) {
          file.write(ByteBuffer.wrap(new byte[] {(byte) (whole[i] ^ change)}), i);
          read(path, "byte " + i + " changed by " + change);
        }
        file.write(ByteBuffer.wrap(whole, i, 1), i);
      }
      for (int length = whole.length - 1; length >= 0; length -= step) {
        file.truncate(length);
        read(path, "cut to " + length);
      }
    }
  }

  private static void read(Path path, String what) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      SampleFile.readAll(path);
    } catch (WeightFileException e) {
      String message = e.getMessage();
      assertTrue(message.startsWith("Cannot read weights " + path + ": "), message);
      assertTrue(message.length() < 600 && !message.contains("\n"), message);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(what, e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MOST_ALLOCATED, () -> what + " took " + allocated + " bytes");
  }
}
