package partita.transforms.gan;

import java.io.IOException;
import java.util.List;
import partita.models.gan.LabelDiscriminator;
import partita.models.gan.LabelGan;
import partita.models.train.NamedTensor;
import partita.models.train.NetworkWeights;
import partita.models.train.TrainingState;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.schemas.table.WeightsTable;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.StateTable;

/** Weights and states that segments of training ended with. */
final class Segments {
  /** Role of the whole state: what is needed to go on. */
  static final String STATE = "state";

  private Segments() {}

  /** Writes tensors to a role. */
  static FileEntry write(ShardContext context, String role, List<NamedTensor> tensors)
      throws IOException {
    try (TableWriter writer =
        context.writer(role, WeightsTable.schema(), WeightsTable.ROWS_PER_BATCH)) {
      StateTable.write(writer, tensors);
      return writer.commit();
    }
  }

  /** Writes the discriminator of a state to the role {@code discriminator}. */
  static FileEntry writeDiscriminator(ShardContext context, TrainingState state)
      throws IOException {
    return write(
        context, LabelGan.DISCRIMINATOR, NetworkWeights.trained(state, LabelGan.DISCRIMINATOR));
  }

  /** Reads a discriminator from the role {@code discriminator} of an input. */
  static void loadDiscriminator(
      ShardContext context, String input, LabelDiscriminator discriminator) throws IOException {
    try (TableReader reader = context.open(input, LabelGan.DISCRIMINATOR)) {
      NetworkWeights.load(discriminator, LabelGan.DISCRIMINATOR, StateTable.read(reader));
    }
  }

  /** The state that an input holds. */
  static TrainingState read(ShardContext context, String input) throws IOException {
    try (TableReader reader = context.open(input, STATE)) {
      return new TrainingState(StateTable.read(reader));
    }
  }

  /** The state that an input holds, which must be that after {@code step} steps. */
  static TrainingState read(ShardContext context, String input, long step) throws IOException {
    TrainingState state = read(context, input);
    if (state.step() != step) {
      throw new IllegalArgumentException(
          "Cannot train from step %d: input %s ends at step %d"
              .formatted(step, input, state.step()));
    }
    return state;
  }
}
