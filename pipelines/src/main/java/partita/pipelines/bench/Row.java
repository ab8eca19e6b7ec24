package partita.pipelines.bench;

import java.io.IOException;
import java.util.List;

/** A row of the table: something that can be asked for by name. */
interface Row {

  /** Its name on the command line, {@code knn}. */
  String name();

  /** What this machine lacks for it, each with how to get it. */
  List<String> missing(Bench bench) throws IOException, InterruptedException;

  /** Measures and judges. */
  BenchResult run(Bench bench) throws IOException, InterruptedException;
}
