package partita.transforms.score;

import java.io.Serializable;
import partita.transforms.metric.MetricRows;

/**
 * How figures of two sets are named. The bare names FID, IS and LPIPS are kept for the official
 * networks; any other network is in the name, so that no figure passes for one of theirs.
 *
 * @param network name of what made the features, {@code resnet-50}
 * @param digest of the network's weights, empty when not known
 * @param official whether it is the network that the bare names are kept for
 * @param protocol name of how images reach the network, and of the covariance
 */
public record Naming(String network, String digest, boolean official, String protocol)
    implements Serializable {
  /** Between the name of the protocol and what else a figure depends on. */
  public static final String SEPARATOR = "; ";

  /** Name of a metric, {@code fid} or {@code fid(resnet-50)}. */
  String of(String metric) {
    return official ? metric : metric + "(" + network + ")";
  }

  /** Name and digest of the network. */
  public String networkWithDigest() {
    return (network + " " + digest).strip();
  }

  /**
   * A table of figures to be filled.
   *
   * @param definition what else the figures depend on, {@code k = 3, <=}; follows the protocol
   */
  MetricRows rows(String definition) {
    return new MetricRows(-1, networkWithDigest(), protocol + SEPARATOR + definition);
  }
}
