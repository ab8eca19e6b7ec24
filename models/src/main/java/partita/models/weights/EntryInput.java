package partita.models.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** The content of a zip entry, which must have the size and checksum that the archive claims. */
final class EntryInput extends InputStream {
  private final InputStream in;
  private final ZipDirectory.Entry entry;
  private final CRC32 checksum = new CRC32();
  private long left;
  private boolean checked;

  EntryInput(InputStream in, ZipDirectory.Entry entry) {
    this.in = in;
    this.entry = entry;
    left = entry.size();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      check();
      return -1;
    }
    int read = unpack(target, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw damaged("holds %,d bytes less than it claims".formatted(left));
    }
    checksum.update(target, offset, read);
    left -= read;
    return read;
  }

  private void check() throws IOException {
    if (checked) {
      return;
    }
    checked = true;
    if (unpack(new byte[1], 0, 1) >= 0) {
      throw damaged("holds more than the %,d bytes that it claims".formatted(entry.size()));
    }
    if (checksum.getValue() != entry.crc()) {
      throw damaged("has checksum %08x, expected %08x".formatted(checksum.getValue(), entry.crc()));
    }
  }

  private int unpack(byte[] target, int offset, int length) throws IOException {
    try {
      return in.read(target, offset, length);
    } catch (ZipException | EOFException e) {
      throw new FormatException(
          "entry %s of its zip archive cannot be unpacked (%s); get the file again"
              .formatted(ZipDirectory.printable(entry.name()), e.getMessage()),
          e);
    }
  }

  private FormatException damaged(String reason) {
    return new FormatException(
        "entry %s of its zip archive %s; get the file again"
            .formatted(ZipDirectory.printable(entry.name()), reason));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
