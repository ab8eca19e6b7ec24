package partita.transforms.download;

import java.io.IOException;

/** A file cannot be downloaded or is not the one that was asked for; nothing of it was kept. */
public final class DownloadException extends IOException {
  private static final long serialVersionUID = 1;

  DownloadException(String message) {
    super(message);
  }

  DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
