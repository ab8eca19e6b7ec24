package partita.transforms.dataset;

import java.util.SortedMap;

/**
 * How a data set is ingested on this machine.
 *
 * @param task the stage's task
 * @param files input name to raw data; empty for generated data
 * @param classes number of labels, {@code 0 .. classes - 1}; 0 when the data is unlabeled
 */
public record Ingest(IngestTask task, SortedMap<String, RawData> files, int classes) {}
