/** Stages that score samples. */
@NullMarked
package partita.transforms.metric;

import org.jspecify.annotations.NullMarked;
