package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import partita.models.image.ImageHeader;
import partita.models.metric.SegmentationDistance;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;
import partita.transforms.dataset.DatasetException;
import partita.transforms.dataset.ImageSet;
import partita.transforms.shard.ShardMeter;

/** Label maps as PNG files below a folder. */
public final class MapFolder implements LabelMaps {
  private final Path folder;
  private final SortedMap<String, Path> files;
  private final List<String> names;

  private MapFolder(Path folder, SortedMap<String, Path> files) {
    this.folder = folder;
    this.files = files;
    this.names = List.copyOf(files.keySet());
  }

  /**
   * Lists a folder.
   *
   * @throws DatasetException when it is missing or holds none
   */
  public static MapFolder of(Path folder) {
    return new MapFolder(folder, byName(folder, ImageSet.list(folder)));
  }

  /**
   * Files by their paths below a folder without their endings.
   *
   * @throws DatasetException when two differ by their endings alone
   */
  public static SortedMap<String, Path> byName(Path folder, List<Path> files) {
    SortedMap<String, Path> named = new TreeMap<>();
    for (Path file : files) {
      Path earlier = named.put(stem(folder.relativize(file).toString().replace('\\', '/')), file);
      if (earlier != null) {
        throw new DatasetException(
            "Cannot score %s and %s: they differ by their endings alone, expected one of a name"
                .formatted(earlier, file));
      }
    }
    return named;
  }

  static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }

  /** Holds the maps. */
  public Path folder() {
    return folder;
  }

  /** Files by their paths below the folder without their endings. */
  public SortedMap<String, Path> files() {
    return files;
  }

  /** Looks at the head of every file. */
  public SortedMap<String, ImageHeader> headers() {
    SortedMap<String, ImageHeader> headers = new TreeMap<>();
    names.forEach(name -> headers.put(name, header(name)));
    return headers;
  }

  /**
   * Looks at the head of one file.
   *
   * @throws DatasetException when it is no PNG file
   */
  public ImageHeader header(String name) {
    Path file = files.get(name);
    try {
      return LabelMap.header(file);
    } catch (IOException e) {
      throw new DatasetException("Cannot read label map %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int classes(int stated) {
    return stated;
  }

  @Override
  public LabelMap read(int index) {
    return LabelMap.read(files.get(names.get(index)));
  }

  @Override
  public RowSource shares(int classes, ShardMeter meter) throws IOException, InterruptedException {
    float[] shares = new float[Math.multiplyExact(names.size(), classes)];
    for (int i = 0; i < names.size(); i++) {
      int[] labels = read(i).within(classes, true).labels();
      int[] known = Arrays.stream(labels).map(label -> label < classes ? label : -1).toArray();
      System.arraycopy(
          SegmentationDistance.shares(known, classes), 0, shares, i * classes, classes);
      meter.count();
    }
    return new ArrayRows(shares, classes);
  }

  @Override
  public void close() {}
}
