package partita.transforms.score;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import partita.models.row.RowSource;
import partita.models.weights.NpyFile;
import partita.schemas.table.VectorFile;

/**
 * Features that someone computed elsewhere, a row an image, in a file: a matrix that {@code
 * numpy.save} wrote ({@link NpyFile}), or Arrow IPC with a column of fixed-size lists ({@link
 * VectorFile}). What a file is, its first bytes say; its name must not say otherwise.
 */
public final class FeatureFile implements RowSource, AutoCloseable {
  private static final int START_BYTES = 6;

  private final RowSource rows;
  private final Closeable file;

  private FeatureFile(RowSource rows, Closeable file) {
    this.rows = rows;
    this.file = file;
  }

  /** Formats, told apart by their first bytes. */
  private enum Format {
    NPY("\u0093NUMPY", ".*\\.npy"),
    ARROW("ARROW1", ".*\\.(arrow|feather|ipc)");

    private final String magic;
    private final String names;

    /**
     * @param magic first bytes, as ISO 8859-1
     * @param names pattern of the lower-case names that promise it
     */
    Format(String magic, String names) {
      this.magic = magic;
      this.names = names;
    }

    boolean named(Path path) {
      return path.toString().toLowerCase(Locale.ROOT).matches(names);
    }
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it is no file of features, or not what its name says
   */
  public static FeatureFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(
          "Cannot read features %s: there is no such file".formatted(path));
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(START_BYTES);
    }
    for (Format format : Format.values()) {
      if (new String(start, StandardCharsets.ISO_8859_1).equals(format.magic)) {
        return open(path, format);
      }
    }
    throw new IOException(
        "Cannot read features %s: its first bytes are those of neither .npy nor Arrow IPC, which features are read from"
            .formatted(path));
  }

  private static FeatureFile open(Path path, Format format) throws IOException {
    for (Format other : Format.values()) {
      if (other != format && other.named(path)) {
        throw new IOException(
            "Cannot read features %s: its name says %s and its first bytes %s; name it for what it is"
                .formatted(path, other, format));
      }
    }
    if (format == Format.NPY) {
      return new FeatureFile(NpyFile.open(path), () -> {});
    }
    VectorFile vectors = VectorFile.open(path);
    return new FeatureFile(new Vectors(vectors), vectors::close);
  }

  /** An Arrow file as rows. */
  private record Vectors(VectorFile file) implements RowSource {
    @Override
    public long rows() {
      return file.rows();
    }

    @Override
    public int width() {
      return file.width();
    }

    @Override
    public void read(long row, int count, FloatBuffer target) {
      try {
        file.read(row, count, target);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  @Override
  public long rows() {
    return rows.rows();
  }

  @Override
  public int width() {
    return rows.width();
  }

  @Override
  public void read(long row, int count, FloatBuffer target) {
    rows.read(row, count, target);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
