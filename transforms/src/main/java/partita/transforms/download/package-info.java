/** Files from the network: fetched once, pinned by their digest. */
@NullMarked
package partita.transforms.download;

import org.jspecify.annotations.NullMarked;
