/** Exact nearest neighbors by blocked matrix products. */
@NullMarked
package partita.models.neighbor;

import org.jspecify.annotations.NullMarked;
