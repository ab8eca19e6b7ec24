package partita.models.gan;

import ai.djl.ndarray.NDArray;
import partita.models.train.Position;

/**
 * Real samples of one update.
 *
 * @param rows of the data
 * @param samples the same as training sees them, {@code [N, ...]}
 * @param position of the update
 */
public record RealBatch(long[] rows, NDArray samples, Position position) {}
