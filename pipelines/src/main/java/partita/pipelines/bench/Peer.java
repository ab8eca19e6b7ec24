package partita.pipelines.bench;

/**
 * A peer: a script that measures it.
 *
 * @param script file name among the scripts, {@code peers.py}
 * @param what the script's first argument
 * @param module Python module that it needs
 * @param debianPackage Debian package that has the module
 * @param dumps whether the script writes its input and answer for the other side
 */
record Peer(String script, String what, String module, String debianPackage, boolean dumps) {}
