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
 * Finds experiments: by name among those that come with Partita ({@code ic-gan/sprites-32}), or by
 * path to a YAML file of the user's own ({@code ./mine.yaml}). An experiment may build on another
 * with {@code extends: ic-gan/fashion-mnist-32} and then holds only what differs.
 */
final class ExperimentFiles {
  private static final String FOLDER = "experiments";

  private ExperimentFiles() {}

  /** The keys and values of an experiment, those it extends included, without {@code extends}. */
  static ObjectNode read(String name) throws IOException {
    return read(name, new LinkedHashSet<>());
  }

  private static ObjectNode read(String name, Set<String> path) throws IOException {
    if (!path.add(name)) {
      throw new BadInputException(
          "Cannot read experiment " + name + ": it extends itself through " + path);
    }
    ObjectNode tree = ExperimentTree.parse(text(name), name);
    JsonNode parent = tree.remove("extends");
    return parent == null ? tree : ExperimentTree.merge(read(parent.asText(), path), tree);
  }

  private static String text(String name) throws IOException {
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      Path file = Path.of(name);
      if (!Files.isRegularFile(file)) {
        throw new BadInputException(
            "Cannot read experiment "
                + name
                + ": there is no such file, seen from "
                + Path.of("").toAbsolutePath());
      }
      return Files.readString(file);
    }
    String resource = "/" + FOLDER + "/" + name + ".yaml";
    try (InputStream in = ExperimentFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw NearestName.unknown("experiment", name, names());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Names of the experiments that come with Partita, sorted. */
  static List<String> names() throws IOException {
    URL folder = ExperimentFiles.class.getResource("/" + FOLDER);
    if (folder == null) {
      throw new IllegalStateException("Cannot list experiments: the class path holds none");
    }
    try {
      URI uri = folder.toURI();
      if (!uri.getScheme().equals("jar")) {
        return names(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return names(jar.getPath("/" + FOLDER));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot list experiments in " + folder, e);
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
