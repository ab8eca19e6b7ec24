/**
 * Curves and metrics of a run as TensorBoard event files, which TensorBoard shows and MLflow,
 * Weights &amp; Biases, Aim and others import.
 */
@NullMarked
package partita.pipelines.scalar;

import org.jspecify.annotations.NullMarked;
