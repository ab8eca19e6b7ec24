package partita.infra.lineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DatasetFacets;
import io.openlineage.client.OpenLineage.DatasetFacetsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.SchemaDatasetFacetFields;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.Column;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;

/** Artifacts and raw files of a store as datasets: one for each role of an artifact. */
final class ArtifactDatasets {
  private final OpenLineage openLineage;
  private final ArtifactStore store;
  private final URI root;

  ArtifactDatasets(OpenLineage openLineage, ArtifactStore store) {
    this.openLineage = openLineage;
    this.store = store;
    this.root =
        store.root().contains("://") ? URI.create(store.root()) : file(Path.of(store.root()));
  }

  private static URI file(Path path) {
    return URI.create("file://" + path.toAbsolutePath().normalize().toUri().getRawPath());
  }

  /** Namespace of the store's datasets. */
  String namespace() {
    String text = root.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** What an artifact is read as. */
  List<InputDataset> inputs(Manifest artifact) throws IOException {
    List<InputDataset> datasets = new ArrayList<>();
    for (String role : roles(artifact)) {
      datasets.add(
          openLineage.newInputDataset(
              namespace(), name(artifact, role), facets(artifact, role), null));
    }
    return datasets;
  }

  /** What an artifact is written as, with its rows, bytes and files. */
  List<OutputDataset> outputs(Manifest artifact) throws IOException {
    List<OutputDataset> datasets = new ArrayList<>();
    for (String role : roles(artifact)) {
      List<FileEntry> files = artifact.files(role);
      datasets.add(
          openLineage.newOutputDataset(
              namespace(),
              name(artifact, role),
              facets(artifact, role),
              openLineage
                  .newOutputDatasetOutputFacetsBuilder()
                  .outputStatistics(
                      openLineage.newOutputStatisticsOutputDatasetFacet(
                          artifact.rows(role),
                          files.stream().mapToLong(FileEntry::bytes).sum(),
                          (long) files.size()))
                  .build()));
    }
    return datasets;
  }

  /**
   * A file or folder from outside the store.
   *
   * @param digest digest of its names and bytes, empty when not known yet
   */
  InputDataset raw(Path path, String digest) {
    URI uri = file(path);
    DatasetFacetsBuilder facets =
        openLineage
            .newDatasetFacetsBuilder()
            .dataSource(openLineage.newDatasourceDatasetFacet("file", uri));
    if (!digest.isEmpty()) {
      facets.version(openLineage.newDatasetVersionDatasetFacet(digest));
    }
    return openLineage.newInputDataset(
        "file", path.toAbsolutePath().normalize().toString(), facets.build(), null);
  }

  private static List<String> roles(Manifest artifact) {
    return artifact.files().stream().map(FileEntry::role).distinct().toList();
  }

  private static String name(Manifest artifact, String role) {
    return artifact.stage() + "/" + artifact.actionKey() + "/" + role;
  }

  private DatasetFacets facets(Manifest artifact, String role) throws IOException {
    DatasetFacetsBuilder facets =
        openLineage
            .newDatasetFacetsBuilder()
            .dataSource(openLineage.newDatasourceDatasetFacet(namespace(), root))
            .version(openLineage.newDatasetVersionDatasetFacet(artifact.contentDigest()));
    FileEntry first = artifact.files(role).get(0);
    if (first.table() && root.getScheme().equals("file")) {
      // One file tells, all of a role have the same columns; from elsewhere it had to be fetched.
      try (TableReader reader = TableReader.open(store, List.of(first))) {
        facets.schema(openLineage.newSchemaDatasetFacet(fields(reader.schema())));
      }
    }
    return facets.build();
  }

  private List<SchemaDatasetFacetFields> fields(TableSchema schema) {
    return schema.columns().stream()
        .map(
            column ->
                openLineage
                    .newSchemaDatasetFacetFieldsBuilder()
                    .name(column.name())
                    .type(type(column))
                    .build())
        .toList();
  }

  /** The Arrow type: {@code float32}, {@code fixed_shape_tensor<uint8>[3, 32, 32]}. */
  private static String type(Column column) {
    String element = column.type().name().toLowerCase(Locale.ROOT);
    return switch (column.shape().size()) {
      case 0 -> element;
      case 1 -> "fixed_size_list<%s>[%d]".formatted(element, column.elements());
      default ->
          "fixed_shape_tensor<%s>[%s]"
              .formatted(
                  element,
                  column.shape().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    };
  }
}
