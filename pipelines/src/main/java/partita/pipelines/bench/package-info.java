/**
 * Speed against what a user would pick instead: each side in fresh processes on the same input,
 * answers compared, targets judged.
 */
@NullMarked
package partita.pipelines.bench;

import org.jspecify.annotations.NullMarked;
