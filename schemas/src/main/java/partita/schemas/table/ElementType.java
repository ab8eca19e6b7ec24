package partita.schemas.table;

/** Element types of a column. The fixed-width ones can be read by row offset from a mapped file. */
public enum ElementType {
  UINT8(1),
  INT32(4),
  INT64(8),
  FLOAT32(4),
  FLOAT64(8),
  /** UTF-8 text of any length. */
  UTF8(0),
  /** Bytes of any length. */
  BINARY(0);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element, 0 when the length varies. */
  public int bytes() {
    return bytes;
  }

  public boolean fixedWidth() {
    return bytes > 0;
  }
}
