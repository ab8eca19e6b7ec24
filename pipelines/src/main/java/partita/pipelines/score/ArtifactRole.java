package partita.pipelines.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.exchange.ArtifactName;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;

/**
 * A table of images, samples or features in an artifact.
 *
 * @param manifest the artifact
 * @param role the table in it
 */
record ArtifactRole(Manifest manifest, String role) {
  private static final Set<String> SETS =
      Set.of(ImageTable.NAME, SampleTable.NAME, FeatureTable.NAME);

  /**
   * The artifacts that a text names: {@code KEY[:role]}, the beginning of an action key, or {@code
   * experiment:stage[:role]} of the experiment's latest run. A stage named without its sampling
   * seed, {@code sample@5000} for {@code sample@5000.0} and so on, means all of them. The role may
   * be left out where there is one table only.
   *
   * @throws BadInputException when there is none such
   */
  static List<ArtifactRole> find(String given, ArtifactStore store) throws IOException {
    return find(
        given, store, schema -> SETS.contains(schema.name()), "images, samples or features");
  }

  /**
   * The same for tables of another kind.
   *
   * @param fits whether a table is of that kind
   * @param what its rows are, for messages
   */
  static List<ArtifactRole> find(
      String given, ArtifactStore store, Predicate<TableSchema> fits, String what)
      throws IOException {
    ArtifactName name =
        ArtifactName.of(given)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot score %s: there is no such folder or file, and it does not name an artifact, which is a key of at least 6 digits or experiment:stage[:role]"
                            .formatted(given)));
    List<ArtifactRole> found = new ArrayList<>();
    for (Manifest manifest : name.find(store)) {
      found.add(of(manifest, name.role(), given, roles(manifest, store, fits), what));
    }
    return found;
  }

  private static Set<String> roles(
      Manifest manifest, ArtifactStore store, Predicate<TableSchema> fits) throws IOException {
    Set<String> fitting = new TreeSet<>();
    for (String found :
        new TreeSet<>(
            manifest.files().stream()
                .filter(file -> !file.schema().isEmpty())
                .map(FileEntry::role)
                .toList())) {
      try (TableReader table = TableReader.open(store, manifest, found)) {
        if (fits.test(table.schema())) {
          fitting.add(found);
        }
      }
    }
    return fitting;
  }

  private static ArtifactRole of(
      Manifest manifest, String role, String given, Set<String> scored, String what) {
    if (scored.isEmpty()) {
      throw new BadInputException(
          "Cannot score %s: artifact %s holds no %s".formatted(given, manifest.stage(), what));
    } else if (!role.isEmpty()) {
      if (!scored.contains(role)) {
        throw NearestName.unknown("role", role, List.copyOf(scored));
      }
      return new ArtifactRole(manifest, role);
    } else if (scored.size() > 1) {
      throw new BadInputException(
          "Cannot score %s: artifact %s has %s; name one of them, as %s:%s"
              .formatted(given, manifest.stage(), scored, given, scored.iterator().next()));
    }
    return new ArtifactRole(manifest, scored.iterator().next());
  }
}
