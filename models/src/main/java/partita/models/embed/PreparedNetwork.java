package partita.models.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import partita.models.network.EmbeddingNetwork;
import partita.models.network.PretrainedNetwork;
import partita.models.network.Tap;

/**
 * A network that others trained, with the preparation of its images.
 *
 * @param network with imported weights
 * @param preparation what the network sees of an image
 */
public record PreparedNetwork(PretrainedNetwork network, InputPreparation preparation)
    implements EmbeddingNetwork {

  @Override
  public NDManager manager() {
    return network.manager();
  }

  @Override
  public Map<String, Integer> layers() {
    return network.layers();
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public Optional<NDArray> evaluate(NDArray images, Tap tap) {
    return network.forward(preparation.apply(images), tap);
  }
}
