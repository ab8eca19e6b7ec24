package partita.pipelines.dag;

import java.util.Map;

/**
 * How far a running stage is, over all its shards.
 *
 * @param stage stage name
 * @param shardsDone shards with a result
 * @param shards shards in all
 * @param fraction part of the work done, 0 to 1
 * @param done units finished in the shards that have begun
 * @param total units in the shards that have begun
 * @param unit what is counted, {@code images}; empty before any shard has said
 * @param rate units a second since the stage began in this run
 * @param values what else the task watches, of the furthest shard: {@code loss.D}
 * @param secondsLeft time left at this pace, negative when unknown
 */
public record StageProgress(
    String stage,
    int shardsDone,
    int shards,
    double fraction,
    long done,
    long total,
    String unit,
    double rate,
    Map<String, Double> values,
    double secondsLeft) {}
