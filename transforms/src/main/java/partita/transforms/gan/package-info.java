/** Training generators and sampling them, as stages. */
@NullMarked
package partita.transforms.gan;

import org.jspecify.annotations.NullMarked;
