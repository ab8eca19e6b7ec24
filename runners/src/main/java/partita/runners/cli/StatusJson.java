package partita.runners.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.store.Pin;

/**
 * What {@code status} tells programs.
 *
 * @param run the latest run of the experiment; its members are those of the whole, and absent when
 *     there was none
 * @param atWork whether that run goes on; one that says it is running and does not was killed
 * @param pins what garbage collection never takes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusJson(@JsonUnwrapped @Nullable RunRecord run, boolean atWork, List<Pin> pins) {}
