package partita.infra.gcs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  /** One object. */
  record Entry(byte[] content, long generation) {}

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
    Entry entry = new Entry(content, ++lastGeneration);
    entries.put(object, entry);
    return entry;
  }

  /** Removes an object; false when it was not there. */
  synchronized boolean delete(String object, @Nullable Long generation) throws PreconditionFailed {
    if (!entries.containsKey(object)) {
      return false;
    }
    check(object, generation);
    entries.remove(object);
    return true;
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
        .put("metageneration", "1")
        .put("size", Integer.toString(entry.content().length))
        .put("crc32c", Crc32c.of(entry.content()));
  }
}
