package partita.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;

/**
 * Finds YAML files of one kind: by name among those that come with Partita ({@code
 * ic-gan/sprites-32}), or by path to a file of the user's own ({@code ./mine.yaml}). A file may
 * build on another with {@code extends: ic-gan/fashion-mnist-32} and then holds only what differs.
 */
public final class YamlFiles {
  private final String kind;
  private final String folder;

  /**
   * @param kind what a file describes, for errors: {@code experiment}
   * @param folder of the class path, holds the files that come with Partita
   */
  public YamlFiles(String kind, String folder) {
    this.kind = kind;
    this.folder = folder;
  }

  /**
   * Reads a file strictly into a record.
   *
   * @throws BadInputException when it does not exist or listing everything that is wrong with it
   */
  public <T extends Record> T read(String name, Class<T> type) throws IOException {
    return RecordBinder.bind(tree(name), type, kind + " " + name);
  }

  /** The keys and values of a file, those it extends included, without {@code extends}. */
  ObjectNode tree(String name) throws IOException {
    return read(name, new LinkedHashSet<>());
  }

  private ObjectNode read(String name, Set<String> path) throws IOException {
    String where = kind + " " + name;
    if (!path.add(name)) {
      throw new BadInputException("Cannot read " + where + ": it extends itself through " + path);
    }
    ObjectNode tree = ExperimentTree.parse(text(name), where);
    JsonNode parent = tree.remove("extends");
    return parent == null ? tree : ExperimentTree.merge(read(parent.asText(), path), tree);
  }

  private String text(String name) throws IOException {
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      Path file = Path.of(name);
      if (!Files.isRegularFile(file)) {
        throw new BadInputException(
            "Cannot read "
                + kind
                + " "
                + name
                + ": there is no such file, seen from "
                + Path.of("").toAbsolutePath());
      }
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new BadInputException(
            "Cannot read %s %s: it cannot be opened as text (%s)".formatted(kind, name, e), e);
      }
    }
    String resource = "/" + folder + "/" + name + ".yaml";
    try (InputStream in = YamlFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw NearestName.unknown(kind, name, names());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Names of the files that come with Partita, sorted. */
  public List<String> names() throws IOException {
    URL files = YamlFiles.class.getResource("/" + folder);
    if (files == null) {
      throw new IllegalStateException("Cannot find a " + kind + ": the class path holds none");
    }
    try {
      URI uri = files.toURI();
      if (!uri.getScheme().equals("jar")) {
        return names(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return names(jar.getPath("/" + folder));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot list what is in " + files, e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .map(file -> file.substring(0, file.length() - ".yaml".length()))
          .sorted()
          .toList();
    }
  }
}
