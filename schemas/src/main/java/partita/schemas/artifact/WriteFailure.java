package partita.schemas.artifact;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Says what could not be written, where, why, and how much space is left there. */
public final class WriteFailure extends IOException {
  private static final long serialVersionUID = 1;

  private WriteFailure(String message, IOException cause) {
    super(message, cause);
  }

  /** The failure to write {@code what} below {@code folder}; one already told stays as it is. */
  public static IOException of(String what, Path folder, IOException cause) {
    if (cause instanceof WriteFailure) {
      return cause;
    }
    return new WriteFailure(
        "Cannot write %s in %s: %s%s".formatted(what, folder, reason(cause), space(folder)), cause);
  }

  /** Why a file operation failed, in words. */
  static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    String message = cause.getMessage();
    return cause instanceof FileSystemException || message == null
        ? cause.getClass().getSimpleName()
        : message;
  }

  private static String space(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      return String.format(Locale.ROOT, "; %,d MiB are free there", free >> 20);
    } catch (IOException e) {
      return "";
    }
  }
}
