/** Native operations that DJL does not bind, as TorchScript. */
@NullMarked
package partita.models.op;

import org.jspecify.annotations.NullMarked;
