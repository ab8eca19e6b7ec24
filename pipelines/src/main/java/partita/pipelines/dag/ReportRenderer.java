package partita.pipelines.dag;

import java.io.IOException;
import java.nio.file.Path;
import partita.schemas.artifact.ArtifactStore;

/** Renders what a run left behind into one page. */
public interface ReportRenderer {

  /** Name of the page in the run's folder. */
  String PAGE = "report.html";

  /**
   * Writes {@link #PAGE} into the folder of a run, {@code store.run(record.runId())}; called after
   * every run, failed ones too.
   *
   * @return the page
   */
  Path render(RunRecord record, ArtifactStore store) throws IOException;
}
