/** Losses: scalars to be made small. */
@NullMarked
package partita.models.loss;

import org.jspecify.annotations.NullMarked;
