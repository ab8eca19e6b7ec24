/**
 * Features of images, as stages: a classifier trained on their labels or a network with imported
 * weights, and what it sees in them.
 */
@NullMarked
package partita.transforms.feature;

import org.jspecify.annotations.NullMarked;
