package partita.models.image;

import java.io.IOException;

/**
 * What a JPEG's markers say about its color space; decided as libjpeg decides it, which PIL uses.
 *
 * @param space how the components encode color
 * @param adobe whether an Adobe marker is there: its writers store four-component images inverted
 */
record JpegHeader(Space space, boolean adobe) {

  /** Color encodings. */
  enum Space {
    GRAY,
    RGB,
    YCBCR,
    CMYK,
    YCCK
  }

  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;
  private static final int START_OF_SCAN = 0xDA;

  static JpegHeader parse(byte[] content) throws IOException {
    boolean jfif = false;
    boolean adobe = false;
    int transform = 0;
    byte[] components = new byte[0];
    int at = 2;
    while (at + 4 <= content.length) {
      if (content[at] != (byte) 0xFF) {
        throw new IOException("Cannot decode JPEG: no marker at byte " + at);
      }
      int marker = content[at + 1] & 0xFF;
      if (marker == 0xFF || marker == 1 || (marker >= 0xD0 && marker <= 0xD8)) {
        at += marker == 0xFF ? 1 : 2; // a fill byte, or a marker without content
        continue;
      }
      if (marker == START_OF_SCAN) {
        return new JpegHeader(space(components, jfif, adobe, transform), adobe);
      }
      int length = (content[at + 2] & 0xFF) << 8 | (content[at + 3] & 0xFF);
      if (at + 2 + length > content.length) {
        break;
      }
      if (marker == APP0 && begins(content, at + 4, "JFIF")) {
        jfif = true;
      } else if (marker == APP14 && length >= 14 && begins(content, at + 4, "Adobe")) {
        adobe = true;
        transform = content[at + 15] & 0xFF;
      } else if (isFrame(marker)) {
        components = identifiers(content, at);
      }
      at += 2 + length;
    }
    throw new IOException("Cannot decode JPEG: it ends before its first scan; is it cut short?");
  }

  private static Space space(byte[] ids, boolean jfif, boolean adobe, int transform)
      throws IOException {
    return switch (ids.length) {
      case 1 -> Space.GRAY;
      case 3 -> {
        boolean named = ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B';
        boolean rgb = !jfif && (adobe ? transform == 0 : named);
        yield rgb ? Space.RGB : Space.YCBCR;
      }
      case 4 -> adobe && transform == 2 ? Space.YCCK : Space.CMYK;
      default ->
          throw new IOException(
              "Cannot decode JPEG: " + ids.length + " components, expected 1, 3 or 4");
    };
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static byte[] identifiers(byte[] content, int at) {
    byte[] ids = new byte[content[at + 9] & 0xFF];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = content[at + 10 + 3 * i];
    }
    return ids;
  }

  private static boolean begins(byte[] content, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at + i >= content.length || content[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
