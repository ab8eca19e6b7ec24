/**
 * Weights that others trained: files of PyTorch, safetensors and NumPy, read without running
 * anything that they hold, and checked against the network that they are for; safetensors are
 * written too.
 */
@NullMarked
package partita.models.weights;

import org.jspecify.annotations.NullMarked;
