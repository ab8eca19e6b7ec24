package partita.models.weights;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names of a TorchScript archive: those of {@link TorchGlobals}, the classes of its modules,
 * whose objects are read as their attributes (their code stays where it is), and the lists that
 * have an element type.
 */
final class ScriptGlobals {
  /** Nested modules of a network are a few levels. */
  private static final int MOST_LEVELS = 64;

  private static final int LONGEST_NAME = 1024;

  /** Of all names together: a module that is shared costs them again at each place. */
  private static final int MOST_CHARACTERS = 1 << 24;

  /** Each gives its first argument back. */
  private static final Set<String> TYPED =
      Set.of(
          "build_intlist",
          "build_doublelist",
          "build_boollist",
          "build_tensorlist",
          "restore_type_tag");

  private ScriptGlobals() {}

  /** An object of a module's class. */
  private static final class ScriptObject implements Pickle.DataObject {
    private final String type;
    private Map<?, ?> attributes = Map.of();

    ScriptObject(String type) {
      this.type = type;
    }

    @Override
    public void attributes(Object state) throws FormatException {
      if (!(state instanceof Map<?, ?> map)) {
        throw new FormatException(
            "its object of class %s keeps something else than attributes, as quantized weights do; save the module with plain weights"
                .formatted(type));
      }
      attributes = map;
    }
  }

  /**
   * A name's meaning.
   *
   * @throws FormatException if it has none as data, with the name
   */
  static Object find(String module, String name) throws FormatException {
    if (module.equals("__torch__") || module.startsWith("__torch__.")) {
      return (Pickle.DataClass) () -> new ScriptObject(module + "." + name);
    }
    if (module.equals("torch.jit._pickle") && TYPED.contains(name)) {
      return (TorchGlobals.Callable) arguments -> arguments.get(0);
    }
    return TorchGlobals.find(module, name);
  }

  /**
   * The tensors among the attributes of a module and the modules in it, named {@code a.b.weight}.
   *
   * @throws FormatException if it is no module, modules contain each other, or there is no tensor
   */
  static Map<String, TensorLayout> tensors(Object root) throws FormatException {
    if (!(root instanceof ScriptObject module)) {
      throw new FormatException("its data.pkl holds no module");
    }
    Tree tree = new Tree();
    tree.add(module, "", 0);
    if (tree.tensors.isEmpty()) {
      throw new FormatException(
          "its modules have no tensors, as those of torch.jit.freeze, which makes them part of the code; save the module before it is frozen");
    }
    return tree.tensors;
  }

  /** A walk over the attributes; a module that is shared is met once for each name that it has. */
  private static final class Tree {
    private final Map<String, TensorLayout> tensors = new TreeMap<>();
    private int characters;

    void add(ScriptObject module, String prefix, int level) throws FormatException {
      for (Map.Entry<?, ?> attribute : module.attributes.entrySet()) {
        String key = attribute.getKey().toString();
        count(prefix.length() + key.length(), level);
        String name = prefix + key;
        if (attribute.getValue() instanceof ScriptObject inner) {
          add(inner, name + ".", level + 1);
        } else if (attribute.getValue() instanceof TensorLayout tensor
            && tensors.put(name, tensor) != null) {
          throw new FormatException("it has two tensors named " + name);
        }
      }
    }

    private void count(int length, int level) throws FormatException {
      characters += 1 + length;
      if (level > MOST_LEVELS || length > LONGEST_NAME || characters > MOST_CHARACTERS) {
        throw new FormatException(
            "its modules contain each other, or their names are longer than %,d characters, %d levels or %,d characters in all"
                .formatted(LONGEST_NAME, MOST_LEVELS, MOST_CHARACTERS));
      }
    }
  }
}
