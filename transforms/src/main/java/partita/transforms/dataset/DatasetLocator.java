package partita.transforms.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds a data set's raw files: in the folder the user named, and in no other then; else in the
 * operating system's package folders; else in the cache.
 *
 * @param packages where the operating system's packages keep data sets
 * @param cache where downloaded data sets are kept, one folder each
 */
public record DatasetLocator(List<Path> packages, Path cache) {

  /** A file of a data set under any of the names it goes by. */
  record RawFile(String input, List<String> names) {}

  public DatasetLocator {
    packages = List.copyOf(packages);
  }

  /** The machine's own package folder, and a cache. */
  public static DatasetLocator system(Path cache) {
    return new DatasetLocator(List.of(Path.of("/usr/share/datasets")), cache);
  }

  /**
   * Input name to path of every file.
   *
   * @param dataset folder name below package folder and cache
   * @param data the folder the user named
   * @param files what must be there, all in one folder
   * @param remedy how to get the data, for the error
   * @throws DatasetException naming every folder and what it lacks
   */
  Map<String, Path> locate(
      String dataset, Optional<Path> data, List<RawFile> files, String remedy) {
    List<String> looked = new ArrayList<>();
    for (Path folder : candidates(dataset, data)) {
      Map<String, Path> found = new TreeMap<>();
      List<String> missing = new ArrayList<>();
      for (RawFile file : files) {
        find(folder, file)
            .ifPresentOrElse(
                path -> found.put(file.input(), path), () -> missing.add(file.names().get(0)));
      }
      if (missing.isEmpty()) {
        return found;
      }
      looked.add(
          folder + (Files.isDirectory(folder) ? " (lacks " + missing + ")" : " (no such folder)"));
    }
    throw new DatasetException(
        "Cannot find data set %s: looked in %s; %s"
            .formatted(dataset, String.join(", ", looked), remedy));
  }

  /**
   * The folder of a data set of image files.
   *
   * @throws DatasetException naming every folder that was looked for
   */
  Path locateFolder(String dataset, Optional<Path> data) {
    if (data.isPresent() && Files.isRegularFile(data.get())) {
      throw new DatasetException(
          "Cannot read image folder %s: %s is a file, expected a folder of images; name the folder by --data"
              .formatted(dataset, data.get()));
    }
    List<Path> candidates = candidates(dataset, data);
    return candidates.stream()
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(
            () ->
                new DatasetException(
                    "Cannot find image folder %s: looked for folder %s; name it by --data"
                        .formatted(
                            dataset,
                            candidates.stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(", ")))));
  }

  private List<Path> candidates(String dataset, Optional<Path> data) {
    if (data.isPresent()) {
      return List.of(data.get());
    }
    List<Path> folders = new ArrayList<>();
    packages.forEach(folder -> folders.add(folder.resolve(dataset)));
    folders.add(cache.resolve(dataset));
    return folders;
  }

  private static Optional<Path> find(Path folder, RawFile file) {
    return file.names().stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }
}
