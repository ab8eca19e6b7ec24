package partita.models.train;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Result of an objective.
 *
 * @param total scalar to minimize
 * @param watched further scalars for the curve and the watches, by full name, {@code D.real}
 */
public record Losses(NDArray total, Map<String, NDArray> watched) {

  public Losses {
    watched = new LinkedHashMap<>(watched);
  }
}
