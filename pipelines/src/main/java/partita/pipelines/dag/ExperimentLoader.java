package partita.pipelines.dag;

import java.io.IOException;

/** Turns an experiment's name into its graph of stages. */
public interface ExperimentLoader {

  /**
   * Resolves the request.
   *
   * @throws BadInputException when the experiment, a key, a value or its data cannot be used; the
   *     message names the nearest valid one
   */
  StageGraph load(ExperimentRequest request) throws IOException;
}
