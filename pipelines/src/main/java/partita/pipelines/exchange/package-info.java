/** What goes in and out of the store as other people's files: weights, images. */
@NullMarked
package partita.pipelines.exchange;

import org.jspecify.annotations.NullMarked;
