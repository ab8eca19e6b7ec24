package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;
import partita.schemas.table.ImageTable;
import partita.schemas.table.ReconstructionErrorTable;
import partita.schemas.table.ReconstructionTable;
import partita.schemas.table.TableReader;
import partita.transforms.gan.ReconstructTask;

/**
 * Real images beside what a generator makes of them, as in Figure 5 of Liu et al., "Diverse image
 * generation via self-conditioned GANs", CVPR 2020.
 */
final class ReconstructionSheet {
  private static final int ROWS = 12;
  private static final int NONE = -1;

  private ReconstructionSheet() {}

  /** Errors by row, of what the encoder says and after the search. */
  private record Errors(String name, double[] encoded, double[] optimized) {}

  static List<Sheet> collect(RunTables tables) throws IOException {
    List<Sheet> sheets = new ArrayList<>();
    for (RunTables.Table errors : tables.named(ReconstructionErrorTable.NAME)) {
      Optional<RunTables.Table> real =
          tables.upstream(errors, ImageTable.NAME, ReconstructTask.REAL);
      Optional<RunTables.Table> encoded =
          tables.upstream(errors, ReconstructionTable.NAME, ReconstructTask.ENCODED);
      Optional<RunTables.Table> optimized =
          tables.upstream(errors, ReconstructionTable.NAME, ReconstructTask.OPTIMIZED);
      if (real.isPresent() && encoded.isPresent() && optimized.isPresent()) {
        sheets.add(sheet(tables, errors, real.get(), encoded.get(), optimized.get()));
      }
    }
    return sheets;
  }

  private static Sheet sheet(
      RunTables tables,
      RunTables.Table measured,
      RunTables.Table real,
      RunTables.Table encoded,
      RunTables.Table optimized)
      throws IOException {
    Errors errors = errors(tables, measured);
    int[] labels = labels(tables, optimized);
    List<Row> rows = new ArrayList<>();
    try (ImageTiles originals = ImageTiles.open(tables, real);
        ImageTiles guesses = ImageTiles.open(tables, encoded);
        ImageTiles results = ImageTiles.open(tables, optimized)) {
      for (int row : Evenly.pick(labels.length, ROWS)) {
        rows.add(
            new Row(
                labels[row] == NONE ? "" : "label " + labels[row],
                List.of(
                    originals.row(Origin.REAL, "", row),
                    guesses.row(Origin.GENERATED, text(errors.encoded()[row]), row),
                    results.row(Origin.GENERATED, text(errors.optimized()[row]), row))));
      }
    }
    return new Sheet(
        "Reconstructions at step " + NumberText.count(measured.stage().step()),
        "Images that training never saw, what the generator makes of the encoder's latent vector, and of that after the search. Below them %s; over all %s images it is %s and %s."
            .formatted(
                errors.name(),
                NumberText.count(labels.length),
                summary(errors.encoded()),
                summary(errors.optimized())),
        List.of("original", "encoder", "optimized"),
        rows);
  }

  /** LPIPS where it was measured. */
  private static Errors errors(RunTables tables, RunTables.Table table) throws IOException {
    try (TableReader reader = tables.open(table)) {
      double[] perceptual = reader.doubles(ReconstructionErrorTable.ENCODED_PERCEPTUAL);
      return Arrays.stream(perceptual).anyMatch(Double::isNaN)
          ? new Errors(
              "the mean absolute difference of pixels in [0, 1]",
              reader.doubles(ReconstructionErrorTable.ENCODED_PIXELS),
              reader.doubles(ReconstructionErrorTable.OPTIMIZED_PIXELS))
          : new Errors(
              "LPIPS", perceptual, reader.doubles(ReconstructionErrorTable.OPTIMIZED_PERCEPTUAL));
    }
  }

  private static int[] labels(RunTables tables, RunTables.Table table) throws IOException {
    try (TableReader reader = tables.open(table)) {
      return reader.ints(ReconstructionTable.LABEL);
    }
  }

  private static String summary(double[] errors) {
    double mean = Arrays.stream(errors).average().orElseThrow();
    double variance =
        Arrays.stream(errors).map(error -> (error - mean) * (error - mean)).average().orElseThrow();
    return text(mean) + " ± " + text(Math.sqrt(variance));
  }

  private static String text(double error) {
    return String.format(Locale.ROOT, "%.3f", error);
  }
}
