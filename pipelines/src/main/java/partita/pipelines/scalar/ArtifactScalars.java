package partita.pipelines.scalar;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import partita.pipelines.report.StageName;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.CurveTable;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableReader;

/** The points of the curves and metrics that an artifact holds. */
final class ArtifactScalars {
  private static final String CURVES = CurveTable.schema().fingerprint();
  private static final String METRICS = MetricTable.schema().fingerprint();

  private final StageName stage;
  private final double ended;
  private final double began;
  private final WallTimes times;
  private final List<Scalar> scalars = new ArrayList<>();

  private ArtifactScalars(StageName stage, Manifest artifact, WallTimes times) {
    this.stage = stage;
    this.times = times;
    ended = seconds(Instant.parse(artifact.provenance().created()));
    began = ended - artifact.provenance().seconds();
  }

  /**
   * All points.
   *
   * @param name name of the stage
   * @param times what was seen of it while it ran; nothing for one that ran earlier
   */
  static List<Scalar> of(ArtifactStore store, String name, Manifest artifact, WallTimes times)
      throws IOException {
    ArtifactScalars found = new ArtifactScalars(StageName.parse(name), artifact, times);
    for (FileEntry file : artifact.files()) {
      // By fingerprint, so that only these tables are fetched from a remote store.
      if (file.schema().equals(CURVES)) {
        try (TableReader reader = TableReader.open(store, List.of(file))) {
          found.curves(reader);
        }
      } else if (file.schema().equals(METRICS)) {
        try (TableReader reader = TableReader.open(store, List.of(file))) {
          found.metrics(reader);
        }
      }
    }
    return found.scalars;
  }

  static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() * 1e-9;
  }

  private void curves(TableReader reader) throws IOException {
    long[] steps = reader.longs(CurveTable.STEP);
    double[] values = reader.doubles(CurveTable.VALUE);
    if (steps.length == 0) {
      return;
    }
    times.saw(steps[0], began);
    times.saw(steps[steps.length - 1], ended);
    for (int i = 0; i < steps.length; i++) {
      String tag = Scalar.tag(stage.kind(), reader.text(CurveTable.SERIES, i));
      scalars.add(new Scalar(tag, steps[i], times.at(steps[i]), (float) values[i]));
    }
  }

  private void metrics(TableReader reader) throws IOException {
    double[] values = reader.doubles(MetricTable.VALUE);
    Set<String> tags = new HashSet<>();
    for (int i = 0; i < values.length; i++) {
      String metric = reader.text(MetricTable.METRIC, i);
      String tag =
          stage.seed() < 0
              ? Scalar.tag(stage.kind(), metric)
              : Scalar.tag(stage.kind(), metric, "seed-" + stage.seed());
      if (!tags.add(tag)) {
        tag = Scalar.tag(tag, reader.text(MetricTable.PROTOCOL, i));
      }
      scalars.add(new Scalar(tag, Math.max(0, stage.step()), ended, (float) values[i]));
    }
  }
}
