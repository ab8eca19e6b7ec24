package partita.transforms.shard;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Runs the shards of a task wherever the runner has workers, in any order. What a shard wrote is
 * recorded as a receipt in the action's work area, so a killed run continues with the shards it
 * lacks; {@link ShardResults#collect} reads the receipts once the pipeline is done. The output is
 * the indices of the shards as they finish.
 */
@AutoValue
public abstract class ShardedStage extends PTransform<PBegin, PCollection<Integer>> {

  abstract ShardTask task();

  abstract StageRun run();

  /** A stage that runs {@code task} as {@code run} says. */
  public static ShardedStage of(ShardTask task, StageRun run) {
    return new AutoValue_ShardedStage(task, run);
  }

  @Override
  public PCollection<Integer> expand(PBegin input) {
    return input
        .apply("Hand out shards", Read.from(new ShardSource(0, run().shards())))
        .apply("Run shard", ParDo.of(new RunShardFn(task(), run())))
        .setCoder(VarIntCoder.of());
  }

  @Override
  protected String getKindString() {
    return run().stage();
  }

  /** Runs one shard an element. */
  static final class RunShardFn extends DoFn<Integer, Integer> {
    private final ShardTask task;
    private final StageRun run;
    private transient @Nullable ShardRunner runner;

    RunShardFn(ShardTask task, StageRun run) {
      this.task = task;
      this.run = run;
    }

    @Setup
    public void setup() throws Exception {
      runner = ShardRunner.open(task, run);
    }

    @ProcessElement
    public void process(@Element Integer shard, OutputReceiver<Integer> finished) {
      if (runner == null) {
        throw new IllegalStateException("Cannot run shard " + shard + ": @Setup was not called");
      }
      runner.run(shard);
      finished.output(shard);
    }
  }
}
