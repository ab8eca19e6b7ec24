/** Comparison of two runs: what went in, what came out, how long it took. */
@NullMarked
package partita.pipelines.compare;

import org.jspecify.annotations.NullMarked;
