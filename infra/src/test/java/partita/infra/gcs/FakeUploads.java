package partita.infra.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resumable uploads: what came so far of each, and the object once all came. */
final class FakeUploads {
  private static final Pattern PART = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

  private final FakeBucket bucket;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  FakeUploads(FakeBucket bucket) {
    this.bucket = bucket;
  }

  /** One upload. */
  static final class Session {
    private final String object;
    private final @Nullable Long generation;
    private final String crc32c;
    private byte[] received = new byte[0];
    private FakeBucket.@Nullable Entry done;

    private Session(JsonNode info, @Nullable Long generation) {
      object = info.path("name").asText();
      crc32c = info.path("crc32c").asText();
      this.generation = generation;
    }

    String object() {
      return object;
    }

    synchronized Optional<FakeBucket.Entry> done() {
      return Optional.ofNullable(done);
    }

    synchronized int received() {
      return received.length;
    }
  }

  /** Begins an upload; the service looks at the precondition now and at the end. */
  String begin(JsonNode info, @Nullable Long generation) throws FakeBucket.PreconditionFailed {
    Session session = new Session(info, generation);
    bucket.get(session.object, generation);
    String id = UUID.randomUUID().toString();
    sessions.put(id, session);
    return id;
  }

  Session session(String id) {
    return sessions.get(id);
  }

  /**
   * Takes a part, if {@code range} names one rather than asking how much came.
   *
   * @return false when all came and the checksum is wrong
   */
  boolean receive(Session session, String range, byte[] body) throws FakeBucket.PreconditionFailed {
    Matcher part = PART.matcher(range);
    synchronized (session) {
      if (session.done != null || !part.matches()) {
        return true;
      }
      int at = Integer.parseInt(part.group(1));
      session.received = Arrays.copyOf(session.received, at + body.length);
      System.arraycopy(body, 0, session.received, at, body.length);
      if (session.received.length < Integer.parseInt(part.group(3))) {
        return true;
      }
      if (!Crc32c.of(session.received).equals(session.crc32c)) {
        return false;
      }
      session.done = bucket.put(session.object, session.received, session.generation);
      return true;
    }
  }
}
