/** Stages, their graph and keys, the plan, and the executor that brings artifacts up to date. */
@NullMarked
package partita.pipelines.dag;

import org.jspecify.annotations.NullMarked;
