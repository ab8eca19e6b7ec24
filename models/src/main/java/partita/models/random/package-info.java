/** Randomness as a function of seed, stream, step and row; no state anywhere. */
@NullMarked
package partita.models.random;

import org.jspecify.annotations.NullMarked;
