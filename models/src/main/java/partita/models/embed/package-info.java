/** Images to features: training a classifier on a data set's own labels and taking its features. */
@NullMarked
package partita.models.embed;

import org.jspecify.annotations.NullMarked;
