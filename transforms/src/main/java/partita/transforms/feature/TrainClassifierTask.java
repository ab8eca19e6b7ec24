package partita.transforms.feature;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.embed.ClassifierSystem;
import partita.models.embed.ClassifierTraining;
import partita.models.embed.ImageEmbedder;
import partita.models.network.ConvNetConfig;
import partita.models.train.NetworkWeights;
import partita.models.train.Trainer;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.ImageTable;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.CurveRows;
import partita.transforms.train.Devices;
import partita.transforms.train.MappedImages;
import partita.transforms.train.TrainingRun;

/**
 * Trains a classifier on the labels of the input {@code images} (role {@code train}) and counts
 * what it gets right of role {@code validation}. Writes {@code weights} with their {@code
 * signature}, {@code metrics} (accuracy on validation images) and {@code curve}.
 */
public record TrainClassifierTask(ConvNetConfig network, ClassifierTraining training)
    implements ShardTask {
  public static final String IMAGES = "images";
  public static final String METRICS = "metrics";
  static final String TRAIN = "train";
  static final String VALIDATION = "validation";
  private static final int EVALUATION_BATCH = 100;

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public boolean exclusive() {
    return true;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws Exception {
    try (NDManager manager = Devices.manager(context.execution().device());
        TableReader train = context.open(IMAGES, TRAIN);
        TableReader validation = context.open(IMAGES, VALIDATION)) {
      ClassifierSystem system =
          new ClassifierSystem(
              manager,
              network,
              training,
              new MappedImages(train),
              train.ints(ImageTable.LABEL),
              context.seed());
      Trainer trainer =
          new TrainingRun(context)
              .run(
                  system.system(),
                  Optional.empty(),
                  training.steps(train.rows()),
                  training.curveWindow());
      long correct =
          new ImageEmbedder(system.network(), ConvNetConfig.FEATURES, EVALUATION_BATCH)
              .correct(new MappedImages(validation), validation.ints(ImageTable.LABEL));
      List<FileEntry> files =
          new ArrayList<>(
              NetworkArtifact.write(
                  context,
                  network,
                  NetworkWeights.trained(trainer.state(), ClassifierSystem.NETWORK)));
      files.add(accuracy(context, correct, validation.rows()));
      files.add(CurveRows.write(context, trainer.curve().points(0)));
      return new ShardResult(
          files, Map.of("validation.correct", correct, "validation.images", validation.rows()));
    }
  }

  private static FileEntry accuracy(ShardContext context, long correct, long images)
      throws IOException {
    try (TableWriter writer = context.writer(METRICS, MetricTable.schema(), 1)) {
      writer.append(
          1,
          List.of("accuracy"),
          new long[] {context.seed()},
          new double[] {(double) correct / images},
          new double[] {Double.NaN},
          new long[] {images},
          new long[] {0},
          List.of(""),
          List.of("top-1 on validation images"));
      return writer.commit();
    }
  }
}
