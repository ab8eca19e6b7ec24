package partita.runners.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import partita.models.embed.PerceptualNetwork;
import partita.models.embed.PretrainedWeights;
import partita.models.network.Architecture;
import partita.models.network.PretrainedNetwork;
import partita.models.network.SqueezeNet;
import partita.models.train.NamedTensor;
import partita.models.train.NetworkWeights;
import partita.models.train.TensorRole;
import partita.models.weights.Safetensors;
import partita.models.weights.WeightFile;

/** Files of random weights. */
final class ToyWeights {
  private static final SqueezeNet.Config SQUEEZE_NET = new SqueezeNet.Config(0);

  private ToyWeights() {}

  /** Weights of SqueezeNet, and learned weights for it, in a folder: what {@code --lpips} names. */
  static String lpips(Path folder) throws IOException {
    Path backbone = folder.resolve("squeezenet.safetensors");
    Path learned = folder.resolve("squeeze-lin.safetensors");
    write(backbone, SQUEEZE_NET);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Random random = new Random(6);
      PretrainedNetwork network = SQUEEZE_NET.build(manager);
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      List<String> layers = PerceptualNetwork.layers(SQUEEZE_NET).orElseThrow();
      for (int i = 0; i < layers.size(); i++) {
        Shape shape = new Shape(1, network.layers().get(layers.get(i)), 1, 1);
        arrays.put("lin%d.model.1.weight".formatted(i), small(manager.zeros(shape), random).abs());
      }
      save(learned, arrays);
    }
    return backbone + "," + learned;
  }

  /** The network that {@link #lpips} wrote the files of. */
  static PerceptualNetwork perceptual(NDManager manager, String lpips) throws IOException {
    String[] files = lpips.split(",", 2);
    PretrainedNetwork network = SQUEEZE_NET.build(manager);
    try (WeightFile file = WeightFile.open(Path.of(files[0]));
        WeightFile linear = WeightFile.open(Path.of(files[1]))) {
      NetworkWeights.load(network, SQUEEZE_NET.family(), PretrainedWeights.read(file, SQUEEZE_NET));
      return PerceptualNetwork.open(network, SQUEEZE_NET, linear);
    }
  }

  /** Weights of a network, and statistics as they begin. */
  static void write(Path file, Architecture architecture) throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Random random = new Random(5);
      PretrainedNetwork network = architecture.build(manager);
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      network.parameters().forEach((name, array) -> arrays.put(name, small(array, random)));
      arrays.putAll(network.buffers());
      save(file, arrays);
    }
  }

  private static NDArray small(NDArray like, Random random) {
    float[] values = new float[(int) like.size()];
    double scale = 2 / Math.sqrt((double) Math.max(1, like.size() / like.getShape().get(0)));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return like.getManager().create(values, like.getShape());
  }

  private static void save(Path file, Map<String, NDArray> arrays) throws IOException {
    Safetensors.write(
        file,
        arrays.entrySet().stream()
            .map(entry -> NamedTensor.of(TensorRole.PARAMETER, entry.getKey(), entry.getValue()))
            .toList());
  }
}
