/** Arrow tables: their schemas, a batch-wise writer and a memory-mapped reader. */
@NullMarked
package partita.schemas.table;

import org.jspecify.annotations.NullMarked;
