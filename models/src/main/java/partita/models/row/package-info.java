/** Rows of vectors as the mathematics sees them, wherever they are kept. */
@NullMarked
package partita.models.row;

import org.jspecify.annotations.NullMarked;
