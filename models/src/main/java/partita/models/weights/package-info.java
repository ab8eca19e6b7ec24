/**
 * Weights that others trained: PyTorch's files, read without running anything that they hold, and
 * checked against the network that they are for.
 */
@NullMarked
package partita.models.weights;

import org.jspecify.annotations.NullMarked;
