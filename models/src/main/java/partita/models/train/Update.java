package partita.models.train;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One optimizer at work: which parameters it moves, how often, and what for.
 *
 * @param name name of its loss in curves, {@code D}
 * @param parameters what it moves, by full name; every one takes part in the objective
 * @param optimizer step size and moments
 * @param cadence when it happens
 * @param schedule factor on the optimizer's learning rate
 * @param batch rows of a micro-batch, for images a second; 0 when this update's rows are not
 *     counted
 * @param objective what is minimized
 */
public record Update(
    String name,
    Map<String, NDArray> parameters,
    Adam optimizer,
    Cadence cadence,
    Schedule schedule,
    int batch,
    Objective objective) {

  public Update {
    parameters = new LinkedHashMap<>(parameters);
  }
}
