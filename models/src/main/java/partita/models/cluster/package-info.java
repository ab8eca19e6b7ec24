/** K-means and what is derived from its centroids. */
@NullMarked
package partita.models.cluster;

import org.jspecify.annotations.NullMarked;
