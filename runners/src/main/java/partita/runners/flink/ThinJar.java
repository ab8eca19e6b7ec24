package partita.runners.flink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Our classes as one small jar that travels with each job. A cluster has the libraries on its class
 * path and none of our classes, so that what works there is always the code that the keys name.
 */
final class ThinJar {
  private static final String OURS = "partita";
  private static final List<String> KEPT = List.of(OURS + "/", "META-INF/services/" + OURS + ".");

  private final Map<String, URL> entries = new TreeMap<>();

  private ThinJar() {}

  /**
   * Writes the jar of the classes that this process runs.
   *
   * @return {@code partita.jar} in the folder
   */
  static Path write(Path folder) throws IOException {
    ThinJar jar = new ThinJar();
    Enumeration<URL> roots = ThinJar.class.getClassLoader().getResources(OURS);
    while (roots.hasMoreElements()) {
      URL root = roots.nextElement();
      if (root.openConnection() instanceof JarURLConnection connection) {
        jar.addJar(connection);
      } else {
        jar.addFolder(root);
      }
    }
    if (jar.entries.isEmpty()) {
      throw new IOException("Cannot find the classes of " + OURS + " on the class path");
    }
    Path file = folder.resolve(OURS + ".jar");
    jar.write(Files.newOutputStream(file));
    return file;
  }

  private void addJar(JarURLConnection connection) throws IOException {
    String address = connection.getJarFileURL() + "!/";
    JarFile file = connection.getJarFile(); // shared with the class loader, which closes it
    for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
      if (!entry.isDirectory()) {
        add(entry.getName(), new URL("jar:" + address + entry.getName()));
      }
    }
  }

  private void addFolder(URL ours) throws IOException {
    try {
      Path root = Path.of(ours.toURI()).getParent();
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          add(root.relativize(file).toString(), file.toUri().toURL());
        }
      }
    } catch (URISyntaxException e) {
      throw new IOException("Cannot read class path entry " + ours, e);
    }
  }

  private void add(String name, URL content) {
    if (KEPT.stream().anyMatch(name::startsWith)) {
      entries.putIfAbsent(name, content); // as a class loader finds it: the first
    }
  }

  private void write(OutputStream out) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(out)) {
      for (Map.Entry<String, URL> entry : entries.entrySet()) {
        JarEntry written = new JarEntry(entry.getKey());
        written.setTime(0);
        jar.putNextEntry(written);
        try (InputStream content = entry.getValue().openStream()) {
          content.transferTo(jar);
        }
        jar.closeEntry();
      }
    }
  }
}
