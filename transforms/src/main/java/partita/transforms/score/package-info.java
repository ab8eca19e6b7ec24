/** Scoring of any two sets: images, artifacts and feature files against each other. */
@NullMarked
package partita.transforms.score;

import org.jspecify.annotations.NullMarked;
