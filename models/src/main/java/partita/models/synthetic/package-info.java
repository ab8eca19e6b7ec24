/** Data sets that are computed: pure functions of a seed and an index, equal on every machine. */
@NullMarked
package partita.models.synthetic;

import org.jspecify.annotations.NullMarked;
