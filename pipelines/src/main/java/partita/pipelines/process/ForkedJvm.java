package partita.pipelines.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Another JVM like this one: the same classes, memory and openings, however this one was started
 * (Maven, one jar, a class path).
 */
public final class ForkedJvm {
  private static final String EVERYONE = "=ALL-UNNAMED";

  private ForkedJvm() {}

  /**
   * The command that runs a main class.
   *
   * @param temporary for its temporary files, of which it may have to leave some behind
   */
  public static List<String> command(Path temporary, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-X"))
        .forEach(command::add);
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(openings());
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath()));
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  /** What is open to us of the platform, by flags or by the manifest of a jar. */
  private static List<String> openings() {
    List<String> openings = new ArrayList<>();
    Module base = Object.class.getModule();
    Module ours = ForkedJvm.class.getModule();
    for (String name : new TreeSet<>(base.getPackages())) {
      boolean exported =
          base.getDescriptor().exports().stream()
              .anyMatch(exports -> exports.source().equals(name) && !exports.isQualified());
      if (base.isOpen(name, ours)) {
        openings.add("--add-opens=java.base/" + name + EVERYONE);
      } else if (base.isExported(name, ours) && !exported) {
        openings.add("--add-exports=java.base/" + name + EVERYONE);
      }
    }
    return openings;
  }

  /** Under Maven our classes are in a loader of its own, not on the JVM's class path. */
  private static List<String> classPath() {
    if (!(ForkedJvm.class.getClassLoader() instanceof URLClassLoader loader)) {
      return List.of(System.getProperty("java.class.path"));
    }
    List<String> entries = new ArrayList<>();
    for (URL url : loader.getURLs()) {
      try {
        entries.add(Path.of(url.toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("Cannot use class path entry " + url, e);
      }
    }
    return entries;
  }
}
