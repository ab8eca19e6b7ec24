/** Looking after what a store holds: what is kept, what goes, what is damaged. */
@NullMarked
package partita.pipelines.store;

import org.jspecify.annotations.NullMarked;
