package partita.models.weights;

import java.io.IOException;

/** A file of weights cannot be read or is not for this network; the message says what to do. */
public final class WeightFileException extends IOException {
  private static final long serialVersionUID = 1;

  public WeightFileException(String message) {
    super(message);
  }

  public WeightFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
