package partita.transforms.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.transforms.dataset.DatasetException;

/** Images grouped by the folders that they lie in; paths are below the given folder. */
public final class ImageGroups {
  private ImageGroups() {}

  /** The folder of an image; empty for one in the given folder itself. */
  public static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The first folder of a path; empty for an image in the given folder itself. */
  public static String top(String path) {
    return path.substring(0, Math.max(0, path.indexOf('/')));
  }

  /**
   * Refuses folders that a protocol does not allow.
   *
   * @param given what the user calls the folder
   */
  public static void require(DiversityProtocol protocol, String given, List<String> paths) {
    Map<String, List<String>> layouts = new TreeMap<>();
    for (String path : paths) {
      if (parent(path).isEmpty()) {
        throw new DatasetException(
            "Cannot group %s: image %s lies in no subfolder, expected one for each %s"
                .formatted(
                    given,
                    path,
                    protocol == DiversityProtocol.IC_GAN
                        ? "condition"
                        : "group of images of all layouts"));
      }
      String top = top(path);
      layouts
          .computeIfAbsent(top, absent -> new ArrayList<>())
          .add(MapFolder.stem(path.substring(top.length() + 1)));
    }
    if (protocol == DiversityProtocol.INADE) {
      requireSameLayouts(given, layouts);
    }
  }

  private static void requireSameLayouts(String given, Map<String, List<String>> layouts) {
    if (layouts.size() < 2) {
      throw new DatasetException(
          "Cannot group %s: it has %d subfolder, expected at least 2 groups"
              .formatted(given, layouts.size()));
    }
    Map.Entry<String, List<String>> first = layouts.entrySet().iterator().next();
    layouts.forEach(
        (group, names) -> {
          if (!names.equals(first.getValue())) {
            throw new DatasetException(
                "Cannot group %s: %s and %s hold images of different names, expected one of each layout"
                    .formatted(given, first.getKey(), group));
          }
        });
  }
}
