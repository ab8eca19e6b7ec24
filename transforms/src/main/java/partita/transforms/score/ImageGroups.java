package partita.transforms.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import partita.transforms.dataset.DatasetException;

/**
 * Images grouped by the folders that they lie in; paths are below the given folder. Names of files
 * group nothing: where one ends and a number begins is anybody's guess.
 */
public final class ImageGroups {
  /** Images that a distance is measured between. */
  private static final int PAIR = 2;

  private ImageGroups() {}

  /** The folder of an image; empty for one in the given folder itself. */
  public static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The first folder of a path; empty for an image in the given folder itself. */
  public static String top(String path) {
    return path.substring(0, Math.max(0, path.indexOf('/')));
  }

  /** Number of images in each folder. */
  private static SortedMap<String, Integer> counts(List<String> paths) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    paths.forEach(path -> counts.merge(parent(path), 1, Integer::sum));
    return counts;
  }

  /**
   * Refuses folders that are no conditions of two or more images.
   *
   * @param given what the user calls the folder
   * @return number of conditions with one image, which take no part
   */
  public static long requireConditions(String given, List<String> paths) {
    requireSubfolders(
        given, paths, "CONDITION/*.png, a subfolder for the images of each condition");
    SortedMap<String, Integer> counts = counts(paths);
    long single = counts.values().stream().filter(images -> images < PAIR).count();
    if (single == counts.size()) {
      throw new DatasetException(
          "Cannot compare images of one condition in %s: each of its %d subfolders has 1 image, expected at least 2 in one"
              .formatted(given, single));
    }
    return single;
  }

  /**
   * Refuses folders that are no variations of two or more images.
   *
   * @param ofClasses whether each lies in a folder that names its class
   * @return the folders
   */
  public static List<String> requireVariations(
      String given, List<String> paths, boolean ofClasses) {
    String expected = (ofClasses ? "CLASS/" : "") + "VARIATION/*.png, a subfolder for each region";
    requireSubfolders(given, paths, expected);
    SortedMap<String, Integer> counts = counts(paths);
    counts.forEach(
        (variation, images) -> {
          if (ofClasses && top(variation).isEmpty()) {
            throw new DatasetException(
                "Cannot group %s: subfolder %s lies in no folder that names its class, expected %s; or leave mcsd and mocd out"
                    .formatted(given, variation, expected));
          }
          if (images < PAIR) {
            throw new DatasetException(
                "Cannot compare images of one variation in %s: %s has 1 image, expected at least 2"
                    .formatted(given, variation));
          }
        });
    return List.copyOf(counts.keySet());
  }

  /** Refuses folders that are no groups, each with one image of every layout. */
  public static void requireLayouts(String given, List<String> paths) {
    requireSubfolders(given, paths, "GROUP/LAYOUT.png, in each subfolder an image of every layout");
    SortedMap<String, List<String>> layouts = new TreeMap<>();
    for (String path : paths) {
      String top = top(path);
      layouts
          .computeIfAbsent(top, absent -> new ArrayList<>())
          .add(MapFolder.stem(path.substring(top.length() + 1)));
    }
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

  private static void requireSubfolders(String given, List<String> paths, String expected) {
    for (String path : paths) {
      if (parent(path).isEmpty()) {
        throw new DatasetException(
            "Cannot group %s: image %s lies in no subfolder, expected %s"
                .formatted(given, path, expected));
      }
    }
  }
}
