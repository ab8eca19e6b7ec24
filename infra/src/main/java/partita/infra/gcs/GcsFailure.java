package partita.infra.gcs;

import com.google.cloud.storage.StorageException;
import java.io.IOException;

/**
 * Says in words why Cloud Storage did not do something, after the library's retries. The library's
 * exception is not kept as a cause: its messages are whole requests and answers, among them the
 * address of an upload, which lets whoever reads it write to the bucket.
 */
final class GcsFailure extends IOException {
  private static final long serialVersionUID = 1;

  static final int NOT_FOUND = 404;
  static final int PRECONDITION_FAILED = 412;

  private static final String SESSION = "upload_id";
  private static final int LINE = 200;

  private final String reason;

  private GcsFailure(String attempt, String reason) {
    super("Cannot %s: %s".formatted(attempt, reason));
    this.reason = reason;
  }

  /** The failure to do something, {@code write gs://bucket/name}. */
  static GcsFailure of(String attempt, String bucket, StorageException e) {
    return new GcsFailure(attempt, reason(bucket, e));
  }

  /** The same failure as that of a larger attempt, {@code open artifact root gs://bucket}. */
  GcsFailure to(String attempt) {
    return new GcsFailure(attempt, reason);
  }

  private static String reason(String bucket, StorageException e) {
    int status = e.getCode();
    return switch (status) {
      case 401 ->
          "the credentials were refused (HTTP 401); run 'gcloud auth application-default login' or set GOOGLE_APPLICATION_CREDENTIALS";
      case 403 ->
          "permission denied (HTTP 403); grant the account the role Storage Object User on bucket "
              + bucket;
      case NOT_FOUND ->
          "bucket %s does not exist (HTTP 404); create it or name another root".formatted(bucket);
      case 408, 429, 500, 502, 503, 504 ->
          "the service answered HTTP %d to every try; run again to continue".formatted(status);
      case 0 -> "found no complete answer (%s); run again to continue".formatted(innermost(e));
      default ->
          "the service answered HTTP %d (%s); run again to continue"
              .formatted(status, firstLine(e));
    };
  }

  /** The innermost cause, which tells more than what the library wraps around it. */
  private static String innermost(Throwable e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getClass().getSimpleName() + ": " + firstLine(innermost);
  }

  private static String firstLine(Throwable e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (line.contains(SESSION)) {
      return "during an upload";
    }
    return line.length() > LINE ? line.substring(0, LINE) + "..." : line;
  }
}
