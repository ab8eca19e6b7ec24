package partita.pipelines.report;

import java.util.List;
import partita.pipelines.dag.StageStatus;

/**
 * All that a report says, in the order in which it says it; {@code report.json} is this record and
 * {@link HtmlReport} its page. A number that is not known is NaN (in JSON the text {@code "NaN"}),
 * a text that is not known is empty.
 */
public record ReportModel(
    Run run,
    List<Note> notes,
    List<Stage> stages,
    List<Artifact> artifacts,
    List<PastRun> history,
    List<Chart> charts,
    List<Metric> metrics,
    List<Sheet> sheets,
    List<Scatter> scatters) {

  public ReportModel {
    notes = List.copyOf(notes);
    stages = List.copyOf(stages);
    artifacts = List.copyOf(artifacts);
    history = List.copyOf(history);
    charts = List.copyOf(charts);
    metrics = List.copyOf(metrics);
    sheets = List.copyOf(sheets);
    scatters = List.copyOf(scatters);
  }

  /**
   * What ran, where and how to repeat it.
   *
   * @param experiment name of the experiment, {@code ic-gan/sprites-32}
   * @param id name of the run's folder
   * @param status {@code succeeded}, {@code failed}, {@code interrupted} or {@code running}
   * @param started ISO-8601 instant
   * @param seconds wall-clock seconds of the whole run
   * @param facts further facts, name to text, in the order shown: device, threads, engine, code
   * @param command the exact command that repeats the run
   * @param artifacts root of the artifact store
   * @param failure message of the failure, empty when there was none
   */
  public record Run(
      String experiment,
      String id,
      String status,
      String started,
      double seconds,
      List<Fact> facts,
      String command,
      String artifacts,
      String failure) {

    public Run {
      facts = List.copyOf(facts);
    }
  }

  /** A named fact about the run. */
  public record Fact(String name, String text) {}

  /** How much a note matters. */
  public enum Level {
    INFO,
    WARNING
  }

  /** Something the reader should know before reading the figures. */
  public record Note(Level level, String text) {}

  /**
   * One stage of the graph.
   *
   * @param name {@code ingest}, {@code train@1000} or, with the sampling seed, {@code
   *     sample@1000.3}
   * @param start seconds after the start of the run, NaN when the stage did not run in it
   * @param seconds seconds it took in this run, NaN when it did not run
   * @param earlierSeconds seconds it took in the earlier run that made its artifact, NaN when there
   *     is none
   * @param inputs names of the stages whose artifacts it reads
   * @param reason why it ran or did not
   * @param artifact action key, empty when there is no artifact
   * @param reproduced whether running it again gave the same bits, at which parallelism; empty when
   *     that was not checked
   * @param message error message, empty otherwise
   */
  public record Stage(
      String name,
      StageStatus status,
      double start,
      double seconds,
      double earlierSeconds,
      List<String> inputs,
      String reason,
      String artifact,
      String reproduced,
      String message) {

    public Stage {
      inputs = List.copyOf(inputs);
    }

    /** The same stage at another time. */
    Stage at(double start, double seconds) {
      return new Stage(
          name,
          status,
          start,
          seconds,
          earlierSeconds,
          inputs,
          reason,
          artifact,
          reproduced,
          message);
    }
  }

  /**
   * What a stage left, and took of the machine in this run.
   *
   * @param processorSeconds processor time of all threads, NaN when it did not run here
   * @param peakMemory largest resident memory of the process in bytes, NaN when not known
   */
  public record Artifact(
      String stage, double processorSeconds, double peakMemory, List<Download> files) {

    public Artifact {
      files = List.copyOf(files);
    }
  }

  /**
   * One file of an artifact.
   *
   * @param rows 0 for what is no table
   * @param path from the page to the file, empty when the store is elsewhere
   */
  public record Download(String name, long bytes, long rows, String sha256, String path) {}

  /**
   * An earlier run of the same experiment.
   *
   * @param status as of {@link Run}
   * @param started ISO-8601 instant
   * @param ran number of stages that ran
   * @param upToDate number of stages whose artifact was there
   * @param differences in what this run differs from it
   */
  public record PastRun(
      String id,
      String status,
      String started,
      double seconds,
      int ran,
      int upToDate,
      List<Difference> differences) {

    public PastRun {
      differences = List.copyOf(differences);
    }
  }

  /** One thing in which two runs differ; {@code stage} is empty when it is about the whole run. */
  public record Difference(String stage, String text) {}

  /** What a chart is about. */
  public enum Subject {
    TRAINING,
    METRIC,
    CLUSTERS
  }

  /**
   * Curves over steps.
   *
   * @param x what the steps are, {@code step}
   * @param references values to compare with, drawn as horizontal lines
   */
  public record Chart(
      Subject subject, String title, String x, List<Series> series, List<Reference> references) {

    public Chart {
      series = List.copyOf(series);
      references = List.copyOf(references);
    }
  }

  /** One curve, its points in the order of their steps. */
  public record Series(String name, List<Point> points) {

    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * One point of a curve: the mean of what it stands for, and its range (the extremes of the steps
   * summed up, or one standard deviation over seeds to either side).
   */
  public record Point(double step, double value, double low, double high) {}

  /** A value to compare a curve with. */
  public record Reference(String name, double value) {}

  /** Which way a metric improves. */
  public enum Better {
    LOWER,
    HIGHER
  }

  /**
   * One metric of the trained generator.
   *
   * @param name with the network that scored in it, {@code fid(fashion-classifier)}
   * @param network the network and where its weights come from
   * @param protocol how it was computed
   * @param step training step of the generator
   * @param mean mean over sampling seeds
   * @param std sample standard deviation over sampling seeds, NaN for a single seed
   * @param seeds number of sampling seeds
   * @param real number of real images
   * @param generated number of generated images a seed
   * @param realToReal the same metric of real data, which a perfect generator would reach
   * @param checkpoints number of the last committed steps that are averaged, 0 for none
   * @param checkpointMean mean over these
   * @param checkpointStd sample standard deviation over these
   * @param firstStep first step at which the metric was taken
   * @param first the metric at the first step
   * @param paper the paper's figure as printed
   * @param verdict how the paper's figure relates, {@code miniature} or {@code not comparable}
   */
  public record Metric(
      String name,
      String network,
      String protocol,
      Better better,
      long step,
      double mean,
      double std,
      int seeds,
      long real,
      long generated,
      double realToReal,
      int checkpoints,
      double checkpointMean,
      double checkpointStd,
      long firstStep,
      double first,
      String paper,
      String verdict) {}

  /**
   * Rows of images with a heading over each column.
   *
   * @param caption what to look for
   * @param columns headings, as many as the widest row has tiles; may be empty texts
   */
  public record Sheet(String title, String caption, List<String> columns, List<Row> rows) {

    public Sheet {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /** One row of a sheet. */
  public record Row(String label, List<Tile> tiles) {

    public Row {
      tiles = List.copyOf(tiles);
    }
  }

  /** What an image is. */
  public enum Origin {
    REAL,
    GENERATED,
    /** The real image whose row the sheet is about: the conditioning instance or the query. */
    ANCHOR,
    /** The generated image whose row the sheet is about. */
    GENERATED_ANCHOR
  }

  /**
   * One image.
   *
   * @param label short text under it, {@code 0.93}
   * @param png the image as PNG in base64
   * @param width width in pixels
   * @param height height in pixels
   */
  public record Tile(Origin origin, String label, String png, int width, int height) {}

  /**
   * Points in the plane through training.
   *
   * @param rounds in the order of their steps, at least one; the last is drawn large
   */
  public record Scatter(String title, String caption, List<Round> rounds) {

    public Scatter {
      rounds = List.copyOf(rounds);
    }
  }

  /**
   * The points of one round.
   *
   * @param title {@code step 2,500}, empty when there is no other round
   */
  public record Round(String title, List<Cloud> clouds) {

    public Round {
      clouds = List.copyOf(clouds);
    }
  }

  /**
   * One set of points; {@code x}, {@code y} and {@code clusters} are parallel.
   *
   * @param clusters of real points the cluster that each was assigned to, of generated ones the
   *     cluster that each was conditioned on; -1 for none
   */
  public record Cloud(
      String name, Origin origin, List<Double> x, List<Double> y, List<Integer> clusters) {

    public Cloud {
      x = List.copyOf(x);
      y = List.copyOf(y);
      clusters = List.copyOf(clusters);
    }

    boolean clustered() {
      return clusters.stream().anyMatch(cluster -> cluster >= 0);
    }
  }
}
