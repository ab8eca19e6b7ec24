package partita.pipelines.bench;

import java.util.List;

/**
 * A peer: a script that measures it and prints the line that {@link Measurement} reads. It takes
 * {@code --threads} and the benchmark's sizes as options.
 *
 * @param name what a user would pick, {@code faiss}
 * @param script file name among the scripts, {@code peers.py}
 * @param arguments what it is given besides
 * @param module Python module that it needs
 * @param debianPackage Debian package that has the module
 * @param dumps whether it takes {@code --dump} and {@code --input}, to share its input
 */
record Peer(
    String name,
    String script,
    List<String> arguments,
    String module,
    String debianPackage,
    boolean dumps) {

  Peer {
    arguments = List.copyOf(arguments);
  }

  /** A peer in a script of its own, on input that needs not be shared. */
  static Peer of(String name, String script, String module, String debianPackage) {
    return new Peer(name, script, List.of(), module, debianPackage, false);
  }

  /** One of {@code peers.py}, which shares its input; it is timed once in each process. */
  static Peer dumping(String name, String what, String module, String debianPackage) {
    return new Peer(name, "peers.py", List.of(what, "--repeat=1"), module, debianPackage, true);
  }
}
