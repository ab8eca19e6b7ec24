/** Stages that partition the data: neighborhoods, clusters, selected instances. */
@NullMarked
package partita.transforms.partition;

import org.jspecify.annotations.NullMarked;
