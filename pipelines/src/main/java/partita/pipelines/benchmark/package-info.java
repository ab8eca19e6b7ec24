/** The papers' tables, run here and laid beside what was printed. */
@NullMarked
package partita.pipelines.benchmark;

import org.jspecify.annotations.NullMarked;
