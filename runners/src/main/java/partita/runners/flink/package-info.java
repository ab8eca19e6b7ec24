/** Launching pipelines: Beam's options for a runner, and Flink embedded in this process. */
@NullMarked
package partita.runners.flink;

import org.jspecify.annotations.NullMarked;
