/** Processes of our own beside this one. */
@NullMarked
package partita.pipelines.process;

import org.jspecify.annotations.NullMarked;
