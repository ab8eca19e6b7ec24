/** Ingestion: raw files and generators become image, point and source tables, shard by shard. */
@NullMarked
package partita.transforms.dataset;

import org.jspecify.annotations.NullMarked;
