package partita.models.image;

import java.util.HexFormat;
import java.util.Optional;

/** Formats that can be decoded, told apart by their first bytes and never by a file's name. */
enum ImageFormat {
  JPEG("jpeg", "ffd8ff"),
  PNG("png", "89504e470d0a1a0a"),
  GIF("gif", "47494638"),
  BMP("bmp", "424d");

  private final String reader;
  private final String magic;

  /**
   * @param reader name under which {@code javax.imageio} registers its reader
   * @param magic first bytes in hexadecimal
   */
  ImageFormat(String reader, String magic) {
    this.reader = reader;
    this.magic = magic;
  }

  /** Name under which {@code javax.imageio} registers its reader. */
  String reader() {
    return reader;
  }

  static Optional<ImageFormat> of(byte[] content) {
    for (ImageFormat format : values()) {
      if (format.begins(content)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  private boolean begins(byte[] content) {
    int length = magic.length() / 2;
    return content.length >= length && HexFormat.of().formatHex(content, 0, length).equals(magic);
  }
}
