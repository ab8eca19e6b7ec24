package partita.transforms.dataset;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import partita.schemas.table.ImageTable;

/**
 * The images below one folder with their labels, checked to be laid out as expected. Hidden files
 * and files with the extension of a text, table or archive are passed over; everything else counts
 * as an image, whatever it is called.
 *
 * @param root the folder
 * @param classes names of the class folders, sorted; empty when unlabeled
 * @param images in a stable order: by class, then by name
 */
record ImageFolder(Path root, List<String> classes, List<Item> images) {
  private static final Set<String> NO_IMAGE =
      Set.of(
          "csv", "db", "gz", "html", "ini", "json", "jsonl", "log", "md", "npy", "npz", "pdf", "py",
          "tar", "tsv", "txt", "xml", "yaml", "yml", "zip");

  /**
   * One image.
   *
   * @param path below the root, with slashes
   * @param label class, -1 when unlabeled
   */
  record Item(String path, int label) {}

  /**
   * Lists a folder.
   *
   * @throws DatasetException when it is missing, empty or laid out otherwise
   */
  static ImageFolder list(Path root, FolderLabels labels) {
    if (!Files.isDirectory(root)) {
      throw new DatasetException(
          "Cannot read image folder " + root + ": there is no such folder; check --data");
    }
    ImageFolder folder = labels == FolderLabels.NONE ? flat(root) : byClass(root);
    if (folder.images.isEmpty()) {
      throw new DatasetException("Cannot read image folder " + root + ": it holds no images");
    }
    return folder;
  }

  /** Absolute path of an image. */
  Path file(Item item) {
    return root.resolve(item.path());
  }

  private static ImageFolder flat(Path root) {
    try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      List<Item> items =
          walk.filter(path -> !hiddenBelow(root, path) && isImage(path))
              .map(path -> new Item(relative(root, path), ImageTable.UNLABELED))
              .sorted(Comparator.comparing(Item::path))
              .toList();
      return new ImageFolder(root, List.of(), items);
    } catch (IOException e) {
      throw new DatasetException("Cannot read image folder " + root + ": " + e, e);
    }
  }

  private static ImageFolder byClass(Path root) {
    List<Path> folders = children(root).stream().filter(Files::isDirectory).toList();
    List<Path> files = children(root).stream().filter(ImageFolder::isImage).toList();
    if (folders.isEmpty()) {
      List<Item> items =
          files.stream().map(path -> new Item(relative(root, path), ImageTable.UNLABELED)).toList();
      return new ImageFolder(root, List.of(), items);
    }
    if (!files.isEmpty()) {
      throw new DatasetException(
          "Cannot read image folder %s: it holds images (%s) beside folders (%s), expected one or the other; move them, or take all images without labels (labels: none)"
              .formatted(root, name(files.get(0)), name(folders.get(0))));
    }
    List<Item> items = new ArrayList<>();
    for (int label = 0; label < folders.size(); label++) {
      for (Path image : imagesOfClass(root, folders.get(label))) {
        items.add(new Item(relative(root, image), label));
      }
    }
    if (folders.size() == 1) {
      throw new DatasetException(
          "Cannot label the images of %s: all %d are in one class folder, '%s'; name that folder for unlabeled images, or the folder that holds all class folders"
              .formatted(root, items.size(), name(folders.get(0))));
    }
    return new ImageFolder(root, folders.stream().map(ImageFolder::name).toList(), items);
  }

  private static List<Path> imagesOfClass(Path root, Path folder) {
    List<Path> children = children(folder);
    for (Path child : children) {
      if (Files.isDirectory(child)) {
        throw new DatasetException(
            "Cannot label the images of %s: class folder '%s' holds folders ('%s') where images are expected; name %s if its folders are the classes, or take all images without labels (labels: none)"
                .formatted(root, name(folder), name(child), folder));
      }
    }
    List<Path> images = children.stream().filter(ImageFolder::isImage).toList();
    if (images.isEmpty()) {
      throw new DatasetException(
          "Cannot label the images of %s: class folder '%s' holds no images; fill or remove it"
              .formatted(root, name(folder)));
    }
    return images;
  }

  /** What a folder holds, sorted by name, hidden files left out. */
  static List<Path> children(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(path -> !name(path).startsWith("."))
          .sorted(Comparator.comparing(ImageFolder::name))
          .toList();
    } catch (IOException e) {
      throw new DatasetException("Cannot read image folder " + folder + ": " + e, e);
    }
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static boolean isImage(Path path) {
    String name = name(path);
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(path) && !NO_IMAGE.contains(extension);
  }

  private static boolean hiddenBelow(Path root, Path path) {
    for (Path part : root.relativize(path)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static String relative(Path root, Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }
}
