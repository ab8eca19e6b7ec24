package partita.transforms.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import partita.models.row.RowSource;
import partita.schemas.table.VectorFile;

/**
 * Features that someone computed elsewhere, a row an image, in a file: Arrow IPC with a column of
 * fixed-size lists ({@link VectorFile}). What a file is, its first bytes say; its name must not say
 * otherwise.
 */
public final class FeatureFile implements RowSource, AutoCloseable {
  private static final byte[] ARROW = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private final VectorFile vectors;

  private FeatureFile(VectorFile vectors) {
    this.vectors = vectors;
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it is no file of features, or not what its name says
   */
  public static FeatureFile open(Path path) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(ARROW.length);
    }
    if (!java.util.Arrays.equals(start, ARROW)) {
      throw new IOException(
          "Cannot read features %s: its first bytes are not those of an Arrow IPC file%s"
              .formatted(
                  path,
                  path.toString().toLowerCase(Locale.ROOT).endsWith(".arrow")
                      ? ", which its name says it is; get it again"
                      : "; write features as one, or name a folder of images"));
    }
    return new FeatureFile(VectorFile.open(path));
  }

  @Override
  public long rows() {
    return vectors.rows();
  }

  @Override
  public int width() {
    return vectors.width();
  }

  @Override
  public void read(long row, int count, FloatBuffer target) {
    try {
      vectors.read(row, count, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    vectors.close();
  }
}
