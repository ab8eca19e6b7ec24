package partita.pipelines.dag;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassReader;
import partita.schemas.artifact.KeyHasher;
import partita.transforms.shard.ShardTask;

/**
 * Digest of the code a task can reach: the bytecode of every class of ours that its class, the
 * classes of its parameters' values, or a class reached from them mentions, and the resources that
 * those classes name. Comments, line numbers, names of local variables and the order of constants
 * in the class file do not count. A class found only by name at run time (reflection, a service
 * file) is not seen.
 */
final class CodeDigest {
  private static final Map<ClassLoader, CodeDigest> CACHES = new ConcurrentHashMap<>();

  private final ClassLoader loader;
  private final String prefix;
  private final Map<String, ClassCode> classes = new ConcurrentHashMap<>();
  private final Map<List<String>, String> digests = new ConcurrentHashMap<>();

  /**
   * @param loader finds the class files
   * @param prefix beginning of the internal names of our classes, {@code partita/}
   */
  CodeDigest(ClassLoader loader, String prefix) {
    this.loader = loader;
    this.prefix = prefix;
  }

  /** Digest of the code of a task, 64 hexadecimal digits; computed once a JVM. */
  static String of(ShardTask task) {
    return CACHES
        .computeIfAbsent(
            task.getClass().getClassLoader(), loader -> new CodeDigest(loader, "partita/"))
        .reachable(roots(task));
  }

  /** Digest of everything reachable from classes given by name, {@code partita.a.B}. */
  String reachable(List<String> roots) {
    return digests.computeIfAbsent(List.copyOf(new TreeSet<>(roots)), this::compute);
  }

  private String compute(List<String> roots) {
    SortedMap<String, ClassCode> reached = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>();
    roots.forEach(root -> open.add(root.replace('.', '/')));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (!reached.containsKey(name)) {
        ClassCode code = classes.computeIfAbsent(name, this::read);
        reached.put(name, code);
        code.references().stream()
            .filter(mentioned -> mentioned.startsWith(prefix))
            .forEach(open::add);
      }
    }
    KeyHasher hasher = new KeyHasher("code");
    reached.forEach((name, code) -> hasher.put("class", name).put("bytes", code.digest()));
    return hasher.digest();
  }

  private ClassCode read(String name) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      if (in == null) {
        throw new IllegalStateException(
            "Cannot digest the code of " + name + ": its class file is not on the class path");
      }
      return ClassCode.of(new ClassReader(in), loader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot digest the code of " + name, e);
    }
  }

  /** The task's class and the classes of the values it holds, which its fields' types may hide. */
  private static List<String> roots(ShardTask task) {
    TreeSet<String> roots = new TreeSet<>();
    collect(task, roots);
    return List.copyOf(roots);
  }

  private static void collect(Object value, TreeSet<String> roots) {
    if (value instanceof Record data) {
      roots.add(data.getClass().getName());
      RecordValues.of(data).values().forEach(inner -> collect(inner, roots));
    } else if (value instanceof Iterable<?> values) {
      values.forEach(inner -> collect(inner, roots));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(inner -> collect(inner, roots));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(inner -> collect(inner, roots));
    } else if (value instanceof Enum<?> constant) {
      roots.add(constant.getDeclaringClass().getName());
    }
  }
}
