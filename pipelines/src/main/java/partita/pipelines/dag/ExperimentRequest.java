package partita.pipelines.dag;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which experiment the user asks for, as typed on the command line.
 *
 * @param experiment name or YAML file; empty for the default experiment
 * @param data folder or file of the user's own data, or null for the experiment's source
 * @param overrides {@code train.batchSize=64}, in the order given; the last of a key wins
 * @param onBadImage {@code fail} or {@code skip}, or null for the experiment's own choice
 */
public record ExperimentRequest(
    String experiment, @Nullable String data, List<String> overrides, @Nullable String onBadImage) {

  public ExperimentRequest {
    overrides = List.copyOf(overrides);
  }

  /** The user's own data, if given. */
  public Optional<String> ownData() {
    return Optional.ofNullable(data);
  }
}
