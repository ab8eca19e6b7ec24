/**
 * Which latent vector a generator would have made an image of: an encoder, and a search from it.
 */
@NullMarked
package partita.models.inversion;

import org.jspecify.annotations.NullMarked;
