/** Training of named networks: updates with their own cadence, averages, resumable state. */
@NullMarked
package partita.models.train;

import org.jspecify.annotations.NullMarked;
