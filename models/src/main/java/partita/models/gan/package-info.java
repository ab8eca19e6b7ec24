/**
 * GANs conditioned on a label or on nothing: the self-conditioned GAN and what it is compared with.
 */
@NullMarked
package partita.models.gan;

import org.jspecify.annotations.NullMarked;
