package partita.transforms.shard;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The indices of a stage's shards, each in a split of its own. Runners hand out splits as workers
 * ask for them, so a free worker takes the next shard; indices spread by random keys would often
 * leave one worker with twice as many as another.
 */
final class ShardSource extends BoundedSource<Integer> {
  private static final long serialVersionUID = 1;

  private final int first;
  private final int end;

  /** The shards {@code first .. end - 1}. */
  ShardSource(int first, int end) {
    this.first = first;
    this.end = end;
  }

  /**
   * One shard a split, whatever size is asked for: a shard is minutes of work, its index is none.
   */
  @Override
  public List<ShardSource> split(long desiredBytes, PipelineOptions options) {
    return IntStream.range(first, end).mapToObj(i -> new ShardSource(i, i + 1)).toList();
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return end - first;
  }

  @Override
  public Coder<Integer> getOutputCoder() {
    return VarIntCoder.of();
  }

  @Override
  public BoundedReader<Integer> createReader(PipelineOptions options) {
    return new Reader(this);
  }

  private static final class Reader extends BoundedReader<Integer> {
    private final ShardSource source;
    private int current;

    Reader(ShardSource source) {
      this.source = source;
      this.current = source.first - 1;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      current = Math.min(current + 1, source.end);
      return current < source.end;
    }

    @Override
    public Integer getCurrent() {
      if (current < source.first || current >= source.end) {
        throw new NoSuchElementException("Cannot read a shard before start or after the end");
      }
      return current;
    }

    @Override
    public BoundedSource<Integer> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
