/**
 * Images to features: networks with their preparation of images, and training a classifier on a
 * data set's own labels to embed with.
 */
@NullMarked
package partita.models.embed;

import org.jspecify.annotations.NullMarked;
