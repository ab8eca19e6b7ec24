/** Artifacts: immutable files, manifests, keys and the store that holds them. */
@NullMarked
package partita.schemas.artifact;

import org.jspecify.annotations.NullMarked;
