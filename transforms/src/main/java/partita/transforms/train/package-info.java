/** Training inside a shard: checkpoints in the work area, weights and mapped inputs in Arrow. */
@NullMarked
package partita.transforms.train;

import org.jspecify.annotations.NullMarked;
