package partita.models.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads Python pickles as data. A pickle is a program that may call any Python function; here it
 * can name only what its {@link Names} know, and whatever else it names is refused before anything
 * is made of it. Values: {@link Long}, {@link BigInteger}, {@link Double}, {@link Boolean}, {@link
 * String}, {@link #NONE}, {@link List} (tuples too), {@link Map} with text or whole numbers as
 * keys, {@link TensorLayout}, {@link DataObject}.
 */
final class Pickle {
  /** Python's {@code None}. */
  static final Object NONE = new Object();

  /** The number at the start of PyTorch's older files has 10. */
  private static final int MOST_NUMBER_BYTES = 64;

  private final PickleInput in;
  private final Names names;
  private final Consumer<TensorLayout.Storage> storages;
  private final Map<Long, Object> memo = new HashMap<>();
  private final Deque<List<Object>> marked = new ArrayDeque<>();
  private List<Object> stack = new ArrayList<>();

  /** What the names of Python's that a pickle mentions stand for. */
  interface Names {
    /**
     * A name's meaning.
     *
     * @throws FormatException if it has none here, with the name
     */
    Object find(String module, String name) throws FormatException;
  }

  /** A class of which a pickle may make objects: their attributes, as data. */
  interface DataClass {
    DataObject make();
  }

  /** An object as data: a pickle sets its attributes. */
  interface DataObject {
    /**
     * @throws FormatException if the state is no dictionary of attributes
     */
    void attributes(Object state) throws FormatException;
  }

  private Pickle(InputStream in, Names names, Consumer<TensorLayout.Storage> storages) {
    this.in = new PickleInput(in);
    this.names = names;
    this.storages = storages;
  }

  /**
   * Reads one pickle and leaves the stream behind its end.
   *
   * @param names the names that it may mention
   * @param storages is told every storage that is mentioned
   * @throws FormatException if it is damaged, or names what a file of weights has no need of
   */
  static Object read(InputStream in, Names names, Consumer<TensorLayout.Storage> storages)
      throws IOException {
    try {
      return new Pickle(in, names, storages).run();
    } catch (EOFException e) {
      throw new FormatException("its pickle is cut short", e);
    } catch (IndexOutOfBoundsException
        | ClassCastException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw new FormatException("its pickle is damaged", e);
    }
  }

  private Object run() throws IOException {
    while (true) {
      int opcode = in.next();
      switch (opcode) {
        case 0x80 -> in.next(); // PROTO
        case 0x95 -> in.bytes(8); // FRAME
        case '.' -> {
          return pop();
        }
        case '(' -> {
          marked.push(stack);
          stack = new ArrayList<>();
        }
        case '0' -> pop();
        case '1' -> toMark();
        case '2' -> push(top());
        case 'p' -> memo.put(Long.parseLong(in.line()), top());
        case 'q' -> memo.put((long) in.next(), top());
        case 'r' -> memo.put(in.number(4), top());
        case 0x94 -> memo.put((long) memo.size(), top());
        case 'g' -> push(remembered(Long.parseLong(in.line())));
        case 'h' -> push(remembered(in.next()));
        case 'j' -> push(remembered(in.number(4)));
        case 'c' -> push(names.find(in.line(), in.line()));
        case 0x93 -> {
          String name = (String) pop();
          push(names.find((String) pop(), name));
        }
        case 'R' -> {
          List<?> arguments = (List<?>) pop();
          count(arguments);
          push(((TorchGlobals.Callable) pop()).call(arguments));
        }
        case 'Q' -> {
          TensorLayout.Storage storage = TorchGlobals.storage((List<?>) pop());
          storages.accept(storage);
          push(storage);
        }
        case 0x81 -> makeObject();
        case 'b' -> build();
        default -> {
          if (!container(opcode) && !scalar(opcode)) {
            throw new FormatException(
                "its pickle has the instruction 0x%02x, which files of weights have no need of"
                    .formatted(opcode));
          }
        }
      }
    }
  }

  /** Counts what a call goes through. */
  private void count(List<?> arguments) throws FormatException {
    in.count(arguments.size());
    for (Object argument : arguments) {
      in.count(argument instanceof List<?> list ? list.size() : 0);
    }
  }

  /** Tuples, lists and dictionaries. */
  private boolean container(int opcode) throws IOException {
    switch (opcode) {
      case ')' -> push(List.of());
      case 't' -> pushMarked();
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case ']' -> push(new ArrayList<>());
      case 'l' -> pushMarked();
      case 'a' -> {
        Object value = pop();
        list(top()).add(value);
      }
      case 'e' -> {
        List<Object> values = toMark();
        list(top()).addAll(values);
      }
      case '}' -> push(new LinkedHashMap<>());
      case 'd' -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        putAll(map, toMark());
        push(map);
      }
      case 's' -> {
        Object value = pop();
        putAll(map(secondFromTop()), List.of(pop(), value));
      }
      case 'u' -> {
        List<Object> entries = toMark();
        putAll(map(top()), entries);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Numbers, text, true, false and none. */
  private boolean scalar(int opcode) throws IOException {
    switch (opcode) {
      case 'N' -> push(NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'I' -> push(integer(in.line()));
      case 'J' -> push((long) (int) in.number(4));
      case 'K' -> push((long) in.next());
      case 'M' -> push(in.number(2));
      case 'L' -> push(integer(in.line().replace("L", "")));
      case 0x8a -> push(integer(in.bytes(in.next())));
      case 0x8b -> push(integer(in.bytes(in.number(4))));
      case 'F' -> push(Double.parseDouble(in.line()));
      case 'G' -> push(ByteBuffer.wrap(in.bytes(8)).getDouble());
      case 'T' -> push(in.latin(in.number(4)));
      case 'U' -> push(in.latin(in.next()));
      case 'X' -> push(in.text(in.number(4)));
      case 0x8c -> push(in.text(in.next()));
      case 0x8d -> push(in.text(in.number(8)));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** An object of a class, without arguments. */
  private void makeObject() throws FormatException {
    boolean bare = pop() instanceof List<?> arguments && arguments.isEmpty();
    if (!(pop() instanceof DataClass type) || !bare) {
      throw new FormatException(
          "its pickle makes an object, which files of weights have no need of");
    }
    push(type.make());
  }

  /** State of an object: an ordered dictionary may carry a note of versions, which is dropped. */
  private void build() throws FormatException {
    Object state = pop();
    if (top() instanceof DataObject object) {
      object.attributes(state);
    } else if (!(top() instanceof Map)) {
      throw new FormatException("its pickle sets the state of something that has none");
    }
  }

  private static Object integer(String text) {
    // Protocol 0 writes true and false so.
    return switch (text) {
      case "00" -> false;
      case "01" -> true;
      default -> Long.parseLong(text);
    };
  }

  private static Object integer(byte[] littleEndian) throws FormatException {
    if (littleEndian.length > MOST_NUMBER_BYTES) {
      throw new FormatException(
          "its pickle has a whole number of " + littleEndian.length + " bytes");
    }
    byte[] bigEndian = new byte[littleEndian.length + 1];
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
    }
    bigEndian[0] = (byte) (littleEndian.length > 0 && bigEndian[1] < 0 ? -1 : 0);
    BigInteger value = new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? value.longValue() : value;
  }

  private static void putAll(Map<Object, Object> map, List<Object> entries) throws FormatException {
    for (int i = 0; i < entries.size(); i += 2) {
      Object key = entries.get(i);
      // Nested keys could take forever to hash.
      if (!(key instanceof String || key instanceof Long)) {
        throw new FormatException(
            "its pickle has a dictionary whose keys are neither text nor whole numbers");
      }
      map.put(key, entries.get(i + 1));
    }
  }

  private void tuple(int size) {
    List<Object> last = stack.subList(stack.size() - size, stack.size());
    List<Object> tuple = new ArrayList<>(last);
    last.clear();
    push(tuple);
  }

  private void pushMarked() {
    List<Object> values = toMark();
    push(values);
  }

  private List<Object> toMark() {
    List<Object> values = stack;
    List<Object> before = marked.poll();
    if (before == null) {
      throw new IndexOutOfBoundsException("no mark");
    }
    stack = before;
    return values;
  }

  private Object remembered(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw new IndexOutOfBoundsException("memo " + index);
    }
    return value;
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private Object top() {
    return stack.get(stack.size() - 1);
  }

  private Object secondFromTop() {
    return stack.get(stack.size() - 2);
  }

  @SuppressWarnings("unchecked") // every list here was made here, of objects
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  @SuppressWarnings("unchecked") // every map here was made here, of objects
  private static Map<Object, Object> map(Object value) {
    return (Map<Object, Object>) value;
  }
}
