package partita.pipelines.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.pipelines.dag.BadInputException;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.ImageTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.WeightsTable;

/**
 * Writes an artifact as files that other programs read: each role of weights as {@code
 * ROLE.safetensors}, each role of images as a folder {@code ROLE} of PNG files with {@code
 * ROLE.csv} beside it.
 */
public final class ArtifactExport {
  private static final List<String> IMAGES = List.of(ImageTable.NAME, SampleTable.NAME);

  private final ArtifactStore store;
  private final Manifest artifact;
  private final String role;

  /**
   * @param role the only one to write, empty for all
   */
  public ArtifactExport(ArtifactStore store, Manifest artifact, String role) {
    this.store = store;
    this.artifact = artifact;
    this.role = role;
  }

  /**
   * Finds the artifact that a name means.
   *
   * @throws BadInputException if it is no name, or not of one artifact
   */
  public static ArtifactExport of(ArtifactStore store, String given) throws IOException {
    ArtifactName name =
        ArtifactName.of(given)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot export %s: expected experiment:stage, as ic-gan/sprites-32:train@1500, or the beginning of an artifact's key, and :role behind it for one role"
                            .formatted(given)));
    List<Manifest> found = name.find(store);
    if (found.size() != 1) {
      throw new BadInputException(
          "Cannot export %s: it names %d artifacts, expected one; name the stage wholly"
              .formatted(given, found.size()));
    }
    return new ArtifactExport(store, found.get(0), name.role());
  }

  /**
   * Writes to a folder that is not there yet or empty, or the only role of weights to a file.
   *
   * @param target folder, or a file whose name ends with {@code .safetensors}
   * @throws BadInputException if something is there already, or the artifact has nothing to write
   */
  public ExportOutcome write(Path target) throws IOException {
    Map<String, String> kinds = kinds();
    List<String> weights = of(kinds, List.of(WeightsTable.NAME));
    List<String> images = of(kinds, IMAGES);
    if (weights.isEmpty() && images.isEmpty()) {
      throw new BadInputException(
          "Cannot export artifact %s of stage %s: it has %s, expected weights, images or samples"
              .formatted(artifact.actionKey(), artifact.stage(), kinds));
    }
    List<String> leftOut = new ArrayList<>(kinds.keySet());
    try (ExportTarget out = ExportTarget.claim(target)) {
      List<ExportOutcome.Written> written =
          WeightsExport.isFile(target) ? file(weights, out) : folder(weights, images, out);
      written.forEach(part -> leftOut.remove(part.role()));
      out.publish();
      return new ExportOutcome(artifact.stage(), artifact.actionKey(), written, leftOut);
    }
  }

  private List<ExportOutcome.Written> file(List<String> weights, ExportTarget out)
      throws IOException {
    if (weights.size() != 1) {
      throw new BadInputException(
          "Cannot export artifact %s to one file %s: it has weights in the roles %s; name a folder by --to"
              .formatted(artifact.actionKey(), out.target(), weights));
    }
    try (TableReader reader = TableReader.open(store, artifact, weights.get(0))) {
      long count = WeightsExport.write(reader, out.place());
      return List.of(new ExportOutcome.Written(weights.get(0), out.target().toString(), count));
    }
  }

  private List<ExportOutcome.Written> folder(
      List<String> weights, List<String> images, ExportTarget out) throws IOException {
    Path folder = out.makeFolder();
    List<ExportOutcome.Written> written = new ArrayList<>();
    for (String role : weights) {
      try (TableReader reader = TableReader.open(store, artifact, role)) {
        String name = role + WeightsExport.EXTENSION;
        long count = WeightsExport.write(reader, folder.resolve(name));
        written.add(new ExportOutcome.Written(role, out.target().resolve(name).toString(), count));
      }
    }
    for (String role : images) {
      try (TableReader reader = TableReader.open(store, artifact, role)) {
        long count = ImageExport.write(reader, folder, role);
        written.add(new ExportOutcome.Written(role, out.target().resolve(role).toString(), count));
      }
    }
    return written;
  }

  /** Role to what its rows are; empty for what is no table. */
  private Map<String, String> kinds() throws IOException {
    Map<String, String> kinds = new LinkedHashMap<>();
    for (FileEntry file : artifact.files()) {
      if (kinds.containsKey(file.role()) || !(role.isEmpty() || role.equals(file.role()))) {
        continue;
      }
      if (file.schema().isEmpty()) {
        kinds.put(file.role(), "");
      } else {
        try (TableReader reader = TableReader.open(store, List.of(file))) {
          kinds.put(file.role(), reader.schema().name());
        }
      }
    }
    return kinds;
  }

  private static List<String> of(Map<String, String> kinds, List<String> wanted) {
    return kinds.entrySet().stream()
        .filter(kind -> wanted.contains(kind.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
