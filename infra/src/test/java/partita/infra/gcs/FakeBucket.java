package partita.infra.gcs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a bucket with their generations; one request at a time, as the service promises.
 */
final class FakeBucket {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String bucket;
  private final SortedMap<String, Entry> entries = new TreeMap<>();
  private long lastGeneration = 1_700_000_000_000_000L;

  FakeBucket(String bucket) {
    this.bucket = bucket;
  }

  /** One object; {@code updated} is the time of the last write or change of metadata. */
  record Entry(byte[] content, long generation, long metageneration, Instant updated) {}

  /** A refused precondition, HTTP 412. */
  static final class PreconditionFailed extends Exception {
    private static final long serialVersionUID = 1;
  }

  String name() {
    return bucket;
  }

  synchronized Optional<Entry> get(String object, @Nullable Long generation)
      throws PreconditionFailed {
    check(object, generation);
    return Optional.ofNullable(entries.get(object));
  }

  synchronized Entry put(String object, byte[] content, @Nullable Long generation)
      throws PreconditionFailed {
    check(object, generation);
    Entry entry = new Entry(content, ++lastGeneration, 1, Instant.now());
    entries.put(object, entry);
    return entry;
  }

  /** Changes the metadata of an object; nothing when it is not there. */
  synchronized Optional<Entry> touch(
      String object, @Nullable Long generation, @Nullable Long metageneration)
      throws PreconditionFailed {
    Entry entry = entries.get(object);
    if (entry == null) {
      return Optional.empty();
    }
    check(object, generation, metageneration);
    Entry touched =
        new Entry(entry.content(), entry.generation(), entry.metageneration() + 1, Instant.now());
    entries.put(object, touched);
    return Optional.of(touched);
  }

  /** Makes an object look as if it had not been written or touched for some time. */
  synchronized void age(String object, Duration age) {
    entries.computeIfPresent(
        object,
        (name, entry) ->
            new Entry(
                entry.content(),
                entry.generation(),
                entry.metageneration(),
                entry.updated().minus(age)));
  }

  boolean delete(String object, @Nullable Long generation) throws PreconditionFailed {
    return delete(object, generation, null);
  }

  /** Removes an object; false when it was not there. */
  synchronized boolean delete(
      String object, @Nullable Long generation, @Nullable Long metageneration)
      throws PreconditionFailed {
    if (!entries.containsKey(object)) {
      return false;
    }
    check(object, generation, metageneration);
    entries.remove(object);
    return true;
  }

  private void check(String object, @Nullable Long generation, @Nullable Long metageneration)
      throws PreconditionFailed {
    check(object, generation);
    if (metageneration != null && metageneration != entries.get(object).metageneration()) {
      throw new PreconditionFailed();
    }
  }

  private void check(String object, @Nullable Long generation) throws PreconditionFailed {
    Entry entry = entries.get(object);
    if (generation != null && generation != (entry == null ? 0 : entry.generation())) {
      throw new PreconditionFailed();
    }
  }

  /** A page of a listing, {@code {"items": [...], "nextPageToken": name}}. */
  synchronized ObjectNode list(String prefix, String after, int pageSize) {
    ObjectNode page = JSON.createObjectNode();
    ArrayNode items = page.putArray("items");
    Iterator<String> names = entries.tailMap(after + "\0").keySet().iterator();
    String last = after;
    while (names.hasNext()) {
      String name = names.next();
      if (name.startsWith(prefix)) {
        if (items.size() == pageSize) {
          page.put("nextPageToken", last);
          break;
        }
        items.add(describe(name, entries.get(name)));
        last = name;
      }
    }
    return page;
  }

  /** The resource that the service gives for an object; 64-bit numbers are text. */
  ObjectNode describe(String object, Entry entry) {
    return JSON.createObjectNode()
        .put("kind", "storage#object")
        .put("bucket", bucket)
        .put("name", object)
        .put("generation", Long.toString(entry.generation()))
        .put("metageneration", Long.toString(entry.metageneration()))
        .put("updated", entry.updated().toString())
        .put("size", Integer.toString(entry.content().length))
        .put("crc32c", Crc32c.of(entry.content()));
  }
}
