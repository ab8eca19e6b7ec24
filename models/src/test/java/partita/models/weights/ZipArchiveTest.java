package partita.models.weights;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that contradict themselves, seen through the arrays in them. */
class ZipArchiveTest {
  private static final String HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}";

  /** The number 1 as .npy. */
  private static final byte[] ARRAY =
      "\u0093NUMPY\u0001\0%c\0%s\0\0\u0080\u003f"
          .formatted((char) HEADER.length(), HEADER)
          .getBytes(StandardCharsets.ISO_8859_1);

  private static final int SIZE = ARRAY.length;

  @TempDir Path folder;

  @Test
  void honestArchivesAreRead() throws IOException {
    SampleFile.readAll(write(new ZipMaker().stored("a.npy", ARRAY).deflated("b.npy", ARRAY, SIZE)));
  }

  @Test
  void contentOfAnotherSizeThanClaimedIsRefused() throws IOException {
    refusedAlone("holds more than the %d bytes".formatted(SIZE - 1), SIZE - 1);
    refusedAlone("holds 1 bytes less", SIZE + 1);
    byte[] packed = ZipMaker.deflate(ARRAY);
    byte[] half = Arrays.copyOf(packed, packed.length / 2);
    SampleFile.assertRefused(
        write(new ZipMaker().entry("a.npy", "a.npy", 8, half, ZipMaker.crc(ARRAY), SIZE)),
        "entry a.npy of its zip archive cannot be unpacked");
    SampleFile.assertRefused(
        write(new ZipMaker().entry("a.npy", "a.npy", 0, ARRAY, ZipMaker.crc(ARRAY), SIZE + 1)),
        "entry a.npy has %d bytes in %d".formatted(SIZE + 1, SIZE));
    SampleFile.assertRefused(
        write(new ZipMaker().entry("a.npy", "a.npy", 0, ARRAY, 7, SIZE)), "expected 00000007");
  }

  /** Looks at the archive alone: what claims another size is no array of its shape either. */
  private void refusedAlone(String reason, int claimed) throws IOException {
    Path file = write(new ZipMaker().deflated("a.npy", ARRAY, claimed));
    try (ZipArchive archive = new ZipArchive(FileChannel.open(file))) {
      ZipDirectory.Entry entry = archive.entry("a.npy");
      String message =
          assertThrows(FormatException.class, () -> archive.read(entry, 0, claimed)).getMessage();
      assertTrue(message.contains(reason), message);
    }
  }

  @Test
  void bombsAreRefusedBeforeTheyAreUnpacked() throws IOException {
    byte[] zeros = ZipMaker.deflate(new byte[1 << 20]);
    SampleFile.assertRefused(
        write(new ZipMaker().entry("a.npy", "a.npy", 8, zeros, 0, (1 << 26) + 1)),
        "unpacks from "
            + "%,d".formatted(zeros.length)
            + " bytes to 67,108,865, expected at most 100 times");
    SampleFile.assertRefused(
        write(new ZipMaker().entry("a.npy", "a.npy", 8, new byte[1 << 24], 0, (1 << 30) + 1)),
        "bytes to 1,073,741,825");
  }

  @Test
  void entriesThatRepeatOverlapOrDifferFromTheirHeaderAreRefused() throws IOException {
    SampleFile.assertRefused(
        write(new ZipMaker().stored("a.npy", ARRAY).stored("a.npy", ARRAY)),
        "its zip archive has two entries a.npy");
    int crc = ZipMaker.crc(ARRAY);
    SampleFile.assertRefused(
        write(new ZipMaker().entry("a.npy", "b.npy", 0, ARRAY, crc, SIZE)),
        "its directory and the header of entry a.npy differ");
    SampleFile.assertRefused(
        write(new ZipMaker().stored("a.npy", ARRAY).listed("b.npy", 0, 0, crc, SIZE, SIZE)),
        "its directory and the header of entry b.npy differ");
    SampleFile.assertRefused(
        write(new ZipMaker().stored("a.npy", ARRAY).listed("b.npy", 500, 0, crc, SIZE, SIZE)),
        "entry b.npy begins behind its end");
    SampleFile.assertRefused(
        write(new ZipMaker().listed("a.npy", 0, 0, crc, SIZE, SIZE).stored("b.npy", ARRAY)),
        "its directory and the header of entry a.npy differ");
    // The second entry is the content of the first.
    byte[] inner = new ZipMaker().stored("b.npy", ARRAY).bytes();
    byte[] local = Arrays.copyOf(inner, 35 + ARRAY.length);
    SampleFile.assertRefused(
        write(new ZipMaker().stored("a.npy", local).listed("b.npy", 35, 0, crc, SIZE, SIZE)),
        "entries a.npy and b.npy overlap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a.npy", "/a.npy", "b/../../a.npy", "..\\a.npy", "C:/a.npy", "a\0.npy"})
  void namesThatLeadOutAreRefused(String name) throws IOException {
    SampleFile.assertRefused(
        write(new ZipMaker().stored(name, ARRAY)), "expected names that stay inside of it");
  }

  @Test
  void packedOrEncryptedOtherwiseOrCountedWrongIsRefused() throws IOException {
    SampleFile.assertRefused(
        write(new ZipMaker().entry("a.npy", "a.npy", 12, ARRAY, 0, SIZE)), "packed by method 12");
    byte[] bytes = new ZipMaker().stored("a.npy", ARRAY).bytes();
    ByteBuffer end = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    end.putShort(bytes.length - 12, (short) 2);
    SampleFile.assertRefused(
        Files.write(folder.resolve("made.npz"), bytes), "lists 1 entries, expected 2");
    SampleFile.assertRefused(
        write(new ZipMaker().stored("a.npy", ARRAY).stored("readme.txt", ARRAY)),
        "its zip archive has an entry readme.txt, expected names that end with .npy");
  }

  private Path write(ZipMaker zip) throws IOException {
    return zip.write(folder.resolve("made.npz"));
  }
}
