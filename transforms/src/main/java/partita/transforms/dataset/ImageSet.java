package partita.transforms.dataset;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import partita.models.image.ImageDecoder;
import partita.models.image.ImageHeader;

/**
 * The images below a folder, at any depth and without labels, found to be of one size or to be
 * brought to one. Every file is looked at before any is decoded.
 *
 * @param folder the folder
 * @param files every image, sorted by its path below the folder
 * @param height rows of the images as they are scored
 * @param width columns of the images as they are scored
 * @param resized whether each has to be brought to that size; otherwise all have it
 */
public record ImageSet(Path folder, List<Path> files, int height, int width, boolean resized) {
  private static final int MOST_BITS = 8;

  public ImageSet {
    files = List.copyOf(files);
  }

  /** A file with what its head says. */
  private record Seen(Path file, ImageHeader header) {}

  /**
   * Lists a folder and looks at the head of every file.
   *
   * @param side what each image is brought to: the centered square of its short edge, by PIL's
   *     antialiased bilinear filter; absent when all must be of one size already
   * @throws DatasetException naming the first file that is no image, has transparency or more than
   *     8 bits a channel, or another size than the first; or when the side is too large
   */
  public static ImageSet of(Path folder, Optional<Integer> side) {
    List<Path> files = list(folder);
    if (side.isPresent() && (long) side.get() * side.get() > ImageDecoder.MAX_PIXELS) {
      throw new DatasetException(
          "Cannot resize images to squares of %,d: expected at most %,d pixels in all"
              .formatted(side.get(), ImageDecoder.MAX_PIXELS));
    }
    List<Seen> seen = lookAtAll(files);
    if (side.isPresent()) {
      return new ImageSet(folder, files, side.get(), side.get(), true);
    }
    ImageHeader first = seen.get(0).header();
    for (Seen other : seen) {
      if (other.header().height() != first.height() || other.header().width() != first.width()) {
        throw new DatasetException(
            "Cannot score images of different sizes: %s is %d x %d and %s is %d x %d; say by --resize=SIDE to which square all are to be brought"
                .formatted(
                    files.get(0),
                    first.width(),
                    first.height(),
                    other.file(),
                    other.header().width(),
                    other.header().height()));
      }
    }
    return new ImageSet(folder, files, first.height(), first.width(), false);
  }

  /**
   * Every image below a folder, sorted by its path.
   *
   * @throws DatasetException when the folder is missing or holds none
   */
  public static List<Path> list(Path folder) {
    ImageFolder listed = ImageFolder.list(folder, FolderLabels.NONE);
    return listed.images().stream().map(listed::file).toList();
  }

  private static List<Seen> lookAtAll(List<Path> files) {
    try {
      return files.parallelStream().map(ImageSet::look).toList();
    } catch (DatasetException anyOfThem) {
      return files.stream().map(ImageSet::look).toList(); // throws for the first
    }
  }

  private static Seen look(Path file) {
    try {
      ImageHeader header = ImageHeader.read(file);
      if (header.alpha()) {
        throw new IOException(
            "it has transparency, which tools drop or fill differently; flatten it");
      } else if (header.bits() > MOST_BITS) {
        throw new IOException(
            "it has %d bits a channel, which tools bring to 8 differently; convert it to 8"
                .formatted(header.bits()));
      }
      return new Seen(file, header);
    } catch (IOException e) {
      throw new DatasetException("Cannot score image %s: %s".formatted(file, reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "no permission to read it" : e.getMessage();
  }
}
