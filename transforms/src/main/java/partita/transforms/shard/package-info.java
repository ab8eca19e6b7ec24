/** The one shape of every stage: a task run shard by shard as a Beam pipeline. */
@NullMarked
package partita.transforms.shard;

import org.jspecify.annotations.NullMarked;
