/** Scores of generated against real samples; one paper a file. */
@NullMarked
package partita.models.metric;

import org.jspecify.annotations.NullMarked;
