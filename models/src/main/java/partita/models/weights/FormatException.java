package partita.models.weights;

import java.io.IOException;

/** A file is damaged or asks for what is not allowed; the message goes on from "the file ...". */
final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  FormatException(String message) {
    super(message);
  }

  FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
