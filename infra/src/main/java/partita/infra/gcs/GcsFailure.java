package partita.infra.gcs;

import com.google.cloud.storage.StorageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says in words why Cloud Storage did not do something, after the library's retries. */
final class GcsFailure extends IOException {
  private static final long serialVersionUID = 1;

  static final int NOT_FOUND = 404;
  static final int PRECONDITION_FAILED = 412;

  private GcsFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The failure to do something, {@code write gs://bucket/name}. */
  static GcsFailure of(String attempt, String bucket, StorageException e) {
    return new GcsFailure(
        "Cannot %s: %s".formatted(attempt, reason(bucket, e)), revealsSession(e) ? null : e);
  }

  private static String reason(String bucket, StorageException e) {
    return switch (e.getCode()) {
      case 401 ->
          "the credentials were refused (HTTP 401); run 'gcloud auth application-default login' or set GOOGLE_APPLICATION_CREDENTIALS";
      case 403 ->
          "permission denied (HTTP 403); grant the account the role Storage Object User on bucket "
              + bucket;
      case NOT_FOUND ->
          "bucket %s does not exist (HTTP 404); create it or name another root".formatted(bucket);
      case 408, 429, 500, 502, 503, 504 ->
          "the service answered HTTP %d to every try; run again to continue".formatted(e.getCode());
      case 0 ->
          "no complete answer from the service (%s); run again to continue".formatted(root(e));
      default -> "the service answered HTTP %d".formatted(e.getCode());
    };
  }

  /** The innermost cause, which tells more than what the library wraps around it. */
  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String name = root.getClass().getSimpleName();
    String message = root.getMessage();
    return message == null || message.contains(SESSION) ? name : name + ": " + message;
  }

  /** The address of an upload session lets whoever reads it write to the bucket. */
  private static final String SESSION = "upload_id";

  private static boolean revealsSession(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(SESSION)) {
        return true;
      }
    }
    return false;
  }
}
