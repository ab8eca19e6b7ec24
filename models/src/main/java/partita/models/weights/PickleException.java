package partita.models.weights;

import java.io.IOException;

/** A pickle is damaged or asks for what is not allowed; the message goes on from "the file ...". */
final class PickleException extends IOException {
  private static final long serialVersionUID = 1;

  PickleException(String message) {
    super(message);
  }

  PickleException(String message, Throwable cause) {
    super(message, cause);
  }
}
