/** Scoring of any two sets of images or features: what is asked, as stages, and what came out. */
@NullMarked
package partita.pipelines.score;

import org.jspecify.annotations.NullMarked;
