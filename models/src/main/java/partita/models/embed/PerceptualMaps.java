package partita.models.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.List;

/**
 * What a {@link PerceptualNetwork} makes of one image, kept to compare the image with others. The
 * arrays live until it is closed, or their network's manager is.
 */
public final class PerceptualMaps implements AutoCloseable {
  private final NDManager manager;
  private final List<NDArray> layers;

  private PerceptualMaps(NDManager manager, List<NDArray> layers) {
    this.manager = manager;
    this.layers = layers;
  }

  /**
   * Keeps maps beyond the scope that they were made in.
   *
   * @param layers one layer an entry, {@code [1, C_l, H_l, W_l]}
   */
  static PerceptualMaps keep(NDManager parent, List<NDArray> layers) {
    NDManager manager = parent.newSubManager();
    for (NDArray layer : layers) {
      NDScope.unregister(layer);
      layer.attach(manager);
    }
    return new PerceptualMaps(manager, List.copyOf(layers));
  }

  List<NDArray> layers() {
    return layers;
  }

  /** Memory that the arrays take. */
  long bytes() {
    return layers.stream()
        .mapToLong(layer -> layer.size() * layer.getDataType().getNumOfBytes())
        .sum();
  }

  @Override
  public void close() {
    manager.close();
  }
}
