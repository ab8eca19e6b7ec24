/** Tables as the rows of vectors that the mathematics reads. */
@NullMarked
package partita.transforms.row;

import org.jspecify.annotations.NullMarked;
