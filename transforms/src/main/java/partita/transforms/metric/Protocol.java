package partita.transforms.metric;

import java.io.Serializable;

/**
 * How two sets of features are compared, apart from the features.
 *
 * @param network name of the network that made the features, {@code fashion-classifier}; part of
 *     every metric's name, so that no figure passes for one of the official networks
 * @param neighbors k of precision, recall, density and coverage
 * @param neighborRows most rows of either set that these four use, a random subset of it; the
 *     Frechet distance and the inception score use all
 * @param splits splits of the inception score
 */
public record Protocol(String network, int neighbors, int neighborRows, int splits)
    implements Serializable {

  public Protocol {
    if (network.isBlank() || neighbors < 1 || neighborRows <= neighbors || splits < 1) {
      throw new IllegalArgumentException(
          "Cannot score with network '%s', %d neighbors among %d rows and %d splits: expected a name, at least 1 neighbor, more rows than neighbors and at least 1 split"
              .formatted(network, neighbors, neighborRows, splits));
    }
  }

  /** k = 5 on 10,000 rows, as IC-GAN is scored, and 10 splits. */
  public static Protocol of(String network) {
    return new Protocol(network, 5, 10_000, 10);
  }

  /** Name of a metric of this network, {@code fid(fashion-classifier)}. */
  String name(String metric) {
    return metric + "(" + network + ")";
  }
}
