package partita.infra.gcs;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A root {@code gs://bucket} or {@code gs://bucket/folder/...}.
 *
 * @param given the root as the user gave it
 * @param bucket name of the bucket
 * @param prefix what every object's name begins with: empty, or ending in {@code /}
 */
record GcsRoot(String given, String bucket, String prefix) {
  static final String SCHEME = "gs";

  /** Buckets as Cloud Storage names them; folders without what has a meaning to its tools. */
  private static final Pattern ROOT =
      Pattern.compile(
          SCHEME + "://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])((?:/[A-Za-z0-9_=@+,. -]+)*)/?");

  static GcsRoot parse(String root) throws IOException {
    Matcher matcher = ROOT.matcher(root);
    if (!matcher.matches() || matcher.group(2).matches(".*/\\.{1,2}(/.*)?")) {
      throw new IOException(
          "Cannot open artifact root %s: expected gs://bucket or gs://bucket/folder, a bucket of lower-case letters, digits, '.', '_' and '-'"
              .formatted(root));
    }
    String folder = matcher.group(2);
    return new GcsRoot(root, matcher.group(1), folder.isEmpty() ? "" : folder.substring(1) + "/");
  }

  /** Full name of the object that has {@code name} below this root. */
  String object(String name) {
    return prefix + name;
  }

  /** Address of the object that has {@code name} below this root, for messages. */
  String address(String name) {
    return SCHEME + "://" + bucket + "/" + object(name);
  }
}
