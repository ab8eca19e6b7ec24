/** Experiments as YAML: found by name, merged, overridden and read strictly into records. */
@NullMarked
package partita.pipelines.experiment;

import org.jspecify.annotations.NullMarked;
