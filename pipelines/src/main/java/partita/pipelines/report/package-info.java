/** The report of a run: what is collected from its artifacts, and the page that shows it. */
@NullMarked
package partita.pipelines.report;

import org.jspecify.annotations.NullMarked;
