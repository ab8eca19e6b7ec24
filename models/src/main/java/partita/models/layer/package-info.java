/** Layers: named parameters and buffers with a forward pass. */
@NullMarked
package partita.models.layer;

import org.jspecify.annotations.NullMarked;
