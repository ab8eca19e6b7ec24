package partita.pipelines.dag;

import java.io.IOException;
import java.nio.file.Path;
import partita.schemas.artifact.ArtifactStore;

/** Renders what a run left behind into one page. */
public interface ReportRenderer {

  /**
   * Writes the report of a run into its folder, {@code store.run(record.runId())}; called after
   * every run, failed ones too.
   *
   * @return the page
   */
  Path render(RunRecord record, ArtifactStore store) throws IOException;
}
