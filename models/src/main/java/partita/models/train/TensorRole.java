package partita.models.train;

/** What a saved tensor is for. */
public enum TensorRole {
  /** A trained array of a network. */
  PARAMETER,
  /** Kept beside the trained arrays: batch-norm statistics, power-iteration vectors. */
  BUFFER,
  /** The exponential moving average of a parameter or buffer. */
  AVERAGE,
  /** Clusters that follow the training: centroids, counts. */
  CLUSTER,
  /** Moments and step count of an optimizer. */
  OPTIMIZER,
  /** The losses so far. */
  CURVE,
  /** Number of finished steps, which is also the position in the data. */
  STEP
}
