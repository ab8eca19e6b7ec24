package partita.models.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that training needs to go on as if it had never stopped: networks with their buffers,
 * averages, optimizer moments, the losses so far and the number of finished steps. Randomness and
 * data order are functions of the step and need no state of their own.
 *
 * @param tensors in a fixed order: equal training, equal list
 */
public record TrainingState(List<NamedTensor> tensors) {
  static final String STEP = "step";

  public TrainingState {
    tensors = List.copyOf(tensors);
  }

  /** Number of finished steps. */
  public long step() {
    NamedTensor step = of(TensorRole.STEP).get(STEP);
    if (step == null) {
      throw new IllegalArgumentException(
          "Cannot continue training: the state has no %s %s".formatted(TensorRole.STEP, STEP));
    }
    return step.longs()[0];
  }

  /** The tensors of one role by name, in order. */
  public Map<String, NamedTensor> of(TensorRole role) {
    Map<String, NamedTensor> found = new LinkedHashMap<>();
    for (NamedTensor tensor : tensors) {
      if (tensor.role() == role && found.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException(
            "Training state names %s %s twice".formatted(role, tensor.name()));
      }
    }
    return found;
  }
}
