package partita.transforms.dataset;

/** The user's data is missing, broken or not laid out as expected; the message says what to do. */
public final class DatasetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
