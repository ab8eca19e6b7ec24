/** Images of bytes: decoding by content, resampling equal to PIL's, and the fit to a square. */
@NullMarked
package partita.models.image;

import org.jspecify.annotations.NullMarked;
