package partita.transforms.shard;

import java.io.IOException;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.WorkArea;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;

/**
 * What a running shard can reach: its inputs, the store, its work area, the machine settings,
 * progress and the request to stop.
 */
public final class ShardContext {
  private final ArtifactStore store;
  private final ShardInputs inputs;
  private final WorkArea work;
  private final Execution execution;
  private final long seed;
  private final int shard;

  public ShardContext(
      ArtifactStore store,
      ShardInputs inputs,
      WorkArea work,
      Execution execution,
      long seed,
      int shard) {
    this.store = store;
    this.inputs = inputs;
    this.work = work;
    this.execution = execution;
    this.seed = seed;
    this.shard = shard;
  }

  public ArtifactStore store() {
    return store;
  }

  public ShardInputs inputs() {
    return inputs;
  }

  public Manifest input(String name) {
    return inputs.artifact(name);
  }

  /** Opens all rows of one role of an input. */
  public TableReader open(String input, String role) throws IOException {
    return TableReader.open(store, input(input), role);
  }

  /** A writer for this shard's file of a role, {@code role/00003.arrow}. */
  public TableWriter writer(String role, TableSchema schema, int rowsPerBatch) throws IOException {
    return TableWriter.create(store, "%s/%05d.arrow".formatted(role, shard), schema, rowsPerBatch);
  }

  /** Scratch that survives a crash: checkpoints. */
  public WorkArea work() {
    return work;
  }

  public Execution execution() {
    return execution;
  }

  /** Seed of the stage; split it by stream, step and row with {@code CounterRandom}. */
  public long seed() {
    return seed;
  }

  public int shard() {
    return shard;
  }

  /** Says how far the shard is; shown to the person watching, at most twice a second. */
  public void progress(Progress progress) throws IOException {
    Progress.write(work, shard, progress);
  }

  /**
   * Whether the run was asked to stop (Ctrl-C, a cancelled job). A long task polls it each step,
   * saves what it has and throws {@link InterruptedException}.
   */
  public boolean stopRequested() throws IOException {
    return Thread.currentThread().isInterrupted() || StopSignal.raised(work);
  }
}
