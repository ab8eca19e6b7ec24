package partita.models.train;

import java.io.IOException;

/**
 * What an update minimizes: draws the micro-batch of a position and computes its loss. Called with
 * gradients recorded, inside a scope that frees every array it creates.
 */
@FunctionalInterface
public interface Objective {
  Losses compute(Position position) throws IOException;
}
