package partita.transforms.metric;

import partita.schemas.artifact.Manifest;
import partita.transforms.shard.ShardContext;

/**
 * Which network made features: the content digest of the artifact that their stage read under the
 * name {@link #NETWORK}.
 */
final class Embedder {
  /** Name under which embedding stages read their network. */
  static final String NETWORK = "network";

  private Embedder() {}

  /** Digest of the network behind an input's features. */
  static String of(ShardContext context, String input) {
    Manifest features = context.input(input);
    String digest = features.inputs().get(NETWORK);
    if (digest == null) {
      throw new IllegalArgumentException(
          "Cannot score input '%s': artifact %s was embedded by no known network; it read %s, expected '%s'"
              .formatted(input, features.stage(), features.inputs().keySet(), NETWORK));
    }
    return digest;
  }

  /** Digest of the one network behind two inputs' features; features of two do not compare. */
  static String same(ShardContext context, String first, String second) {
    String network = of(context, first);
    if (!network.equals(of(context, second))) {
      throw new IllegalArgumentException(
          "Cannot score '%s' against '%s': their features come from different networks, %s and %s; embed both with one"
              .formatted(second, first, of(context, second), network));
    }
    return network;
  }
}
