/** Samples in the order of a classifier's confidence, which shows how different they are. */
@NullMarked
package partita.transforms.diversity;

import org.jspecify.annotations.NullMarked;
