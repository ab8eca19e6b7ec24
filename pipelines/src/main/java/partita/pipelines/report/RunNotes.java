package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.pipelines.report.ReportModel.Level;
import partita.pipelines.report.ReportModel.Note;
import partita.schemas.artifact.Manifest;

/** What the facts in the artifacts' manifests warn of. */
final class RunNotes {
  private static final String SKIPPED = ".skipped";
  private static final String FEW_ROWS = "frechet.fewerRowsThanDimensions";
  private static final String NO_CLASSES = "inception.noClassScores";

  private RunNotes() {}

  /**
   * Collects the warnings.
   *
   * @param skipped names of images that were left out, by action key
   */
  static List<Note> of(RunTables tables, Map<String, List<String>> skipped) {
    List<Note> notes = new ArrayList<>();
    List<String> few = new ArrayList<>();
    boolean noClasses = false;
    for (Map.Entry<String, Manifest> artifact : tables.artifacts().entrySet()) {
      List<String> names = skipped.getOrDefault(artifact.getValue().actionKey(), List.of());
      for (Map.Entry<String, String> fact : artifact.getValue().facts().entrySet()) {
        boolean some = !fact.getValue().equals("0");
        if (some && fact.getKey().endsWith(SKIPPED)) {
          notes.add(new Note(Level.WARNING, skipped(artifact.getKey(), fact, names)));
        } else if (some && fact.getKey().equals(FEW_ROWS)) {
          few.add(artifact.getKey());
        } else if (some && fact.getKey().equals(NO_CLASSES)) {
          noClasses = true;
        }
      }
    }
    if (!few.isEmpty()) {
      notes.add(
          new Note(
              Level.WARNING,
              "The Frechet distance of %s comes from fewer images than the features have dimensions: it is biased upwards. Compare it only with distances of as many images, or sample more."
                  .formatted(names(few))));
    }
    if (noClasses) {
      notes.add(
          new Note(
              Level.INFO,
              "There is no inception score: the embedding network gives no class scores."));
    }
    for (String reason : tables.unreadable()) {
      notes.add(new Note(Level.WARNING, "An artifact is left out of this report. " + reason));
    }
    return notes;
  }

  private static String skipped(String stage, Map.Entry<String, String> fact, List<String> names) {
    String what = fact.getKey().substring(0, fact.getKey().length() - SKIPPED.length());
    return "%s %s could not be read and were skipped by stage %s%s. Every figure below is without them."
        .formatted(
            fact.getValue(), what, stage, names.isEmpty() ? "" : ": " + String.join(", ", names));
  }

  private static String names(List<String> stages) {
    return stages.size() <= 3
        ? String.join(", ", stages)
        : stages.get(0) + " and " + (stages.size() - 1) + " more stages";
  }
}
