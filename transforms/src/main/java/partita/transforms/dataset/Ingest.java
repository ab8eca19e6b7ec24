package partita.transforms.dataset;

import java.util.SortedMap;

/**
 * How a data set is ingested on this machine: the task, and where its raw data lies.
 *
 * @param task the stage's task
 * @param files input name to raw data; empty for generated data
 */
public record Ingest(IngestTask task, SortedMap<String, RawData> files) {}
