package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import partita.pipelines.dag.RunRecord;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;

/**
 * The artifacts that a run made or found, and the tables in them by what their rows are: sections
 * ask for curves, samples or features, whatever the stage that wrote them was called.
 */
final class RunTables {
  private final ArtifactStore store;
  private final Map<String, Manifest> byStage = new LinkedHashMap<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  private RunTables(ArtifactStore store) {
    this.store = store;
  }

  /**
   * All files of one role of an artifact.
   *
   * @param stage name of the stage in this run
   * @param schema columns, and what a row is
   */
  record Table(StageName stage, Manifest artifact, String role, TableSchema schema) {
    boolean has(String column) {
      return schema.columns().stream().anyMatch(found -> found.name().equals(column));
    }

    long rows() {
      return artifact.rows(role);
    }
  }

  /** Finds what is there; a stage without an artifact has no tables. */
  static RunTables of(RunRecord record, ArtifactStore store) throws IOException {
    RunTables found = new RunTables(store);
    for (RunRecord.StageRecord stage : record.stages()) {
      if (!stage.actionKey().isEmpty()) {
        Optional<Manifest> manifest = store.find(stage.actionKey());
        manifest.ifPresent(artifact -> found.add(stage.name(), artifact));
      }
    }
    return found;
  }

  private void add(String stage, Manifest artifact) {
    byStage.put(stage, artifact);
    Set<String> roles = new HashSet<>();
    for (FileEntry file : artifact.files()) {
      if (!file.schema().isEmpty() && roles.add(file.role())) {
        try (TableReader reader = TableReader.open(store, List.of(file))) {
          tables.add(new Table(StageName.parse(stage), artifact, file.role(), reader.schema()));
        } catch (IOException e) {
          unreadable.add(stage + ": " + e.getMessage());
        }
      }
    }
  }

  /** Artifacts by the name of their stage, inputs first. */
  Map<String, Manifest> artifacts() {
    return byStage;
  }

  /** Why tables could not be opened, one text each. */
  List<String> unreadable() {
    return unreadable;
  }

  /** Tables of one kind of row, in the order of the stages. */
  List<Table> named(String schema) {
    return tables.stream().filter(table -> table.schema().name().equals(schema)).toList();
  }

  /** Of the artifacts that a table was made from, nearest first, the first such table. */
  Optional<Table> upstream(Table from, String schema, String role) {
    Deque<Manifest> next = new ArrayDeque<>(List.of(from.artifact()));
    Set<String> seen = new HashSet<>();
    while (!next.isEmpty()) {
      for (String action : next.remove().inputActions().values()) {
        if (seen.add(action)) {
          Optional<Table> found =
              named(schema).stream()
                  .filter(table -> table.artifact().actionKey().equals(action))
                  .filter(table -> table.role().equals(role))
                  .findFirst();
          if (found.isPresent()) {
            return found;
          }
          byStage.values().stream()
              .filter(artifact -> artifact.actionKey().equals(action))
              .findFirst()
              .ifPresent(next::add);
        }
      }
    }
    return Optional.empty();
  }

  TableReader open(Table table) throws IOException {
    return TableReader.open(store, table.artifact(), table.role());
  }
}
