package partita.models.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.models.layer.Layer;

/**
 * What is trained together: named networks, the updates that move them in this order within a step,
 * what follows them after each step (averages, clusters), and watches that stop a run that went
 * wrong. A frozen network belongs to the objective that uses it and is not listed.
 *
 * @param networks by name, {@code generator}; all of their parameters and buffers are saved
 */
public record TrainableSystem(
    Map<String, Layer> networks,
    List<Update> updates,
    List<Follower> followers,
    List<Watch> watches) {

  public TrainableSystem {
    networks = new LinkedHashMap<>(networks);
    updates = List.copyOf(updates);
    followers = List.copyOf(followers);
    watches = List.copyOf(watches);
    if (updates.stream().map(Update::name).distinct().count() != updates.size()) {
      throw new IllegalArgumentException(
          "Cannot train: two updates share a name in "
              + updates.stream().map(Update::name).toList());
    }
  }
}
