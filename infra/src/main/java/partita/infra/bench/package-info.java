/** The peers' scripts, which are in the folder {@code infra/bench} of the sources. */
@NullMarked
package partita.infra.bench;

import org.jspecify.annotations.NullMarked;
