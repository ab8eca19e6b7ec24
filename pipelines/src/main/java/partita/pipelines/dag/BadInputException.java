package partita.pipelines.dag;

/**
 * Something the user gave cannot be used: an option, an experiment, a file. Its message stands
 * alone, without a stack trace; the command ends with exit code 2.
 */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(message);
  }

  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
