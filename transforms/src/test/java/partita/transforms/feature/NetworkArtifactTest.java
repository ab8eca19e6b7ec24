package partita.transforms.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.embed.FidProtocol;
import partita.models.embed.PreparedNetwork;
import partita.models.network.Architecture;
import partita.models.network.InceptionV3;
import partita.models.network.PretrainedNetwork;
import partita.models.network.SqueezeNet;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.SharedNetwork;
import partita.transforms.train.TestStages;

/** Networks of any architecture come back out of their artifacts. */
class NetworkArtifactTest {
  @TempDir Path root;

  /** Writes a network with its first values. */
  private record WriteTask(Architecture architecture) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
        PretrainedNetwork network = architecture.build(manager);
        network.initialize(context.seed());
        String family = architecture.family() + "/";
        List<NamedTensor> tensors = new ArrayList<>();
        network
            .parameters()
            .forEach(
                (name, array) ->
                    tensors.add(NamedTensor.of(TensorRole.PARAMETER, family + name, array)));
        network
            .buffers()
            .forEach(
                (name, array) ->
                    tensors.add(NamedTensor.of(TensorRole.BUFFER, family + name, array)));
        return ShardResult.of(
            NetworkArtifact.write(context, architecture, tensors).toArray(FileEntry[]::new));
      }
    }
  }

  /** Opens a network and looks at it. */
  private record LookTask(Architecture expected) implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 1;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      try (NDManager manager = NDManager.newBaseManager("PyTorch");
          SharedNetwork<?> shared = NetworkArtifact.open(context, context.input("network"))) {
        PreparedNetwork found = (PreparedNetwork) shared.network();
        PretrainedNetwork fresh = expected.build(manager);
        fresh.initialize(context.seed());
        assertEquals(fresh.layers(), found.layers());
        assertEquals(fresh.classes(), found.classes());
        assertArrayEquals(
            fresh.parameters().get(expected.landmark()).toFloatArray(),
            found.network().parameters().get(expected.landmark()).toFloatArray());
        if (expected instanceof InceptionV3.Config) {
          assertEquals(FidProtocol.TORCH_FIDELITY, found.preparation());
        }
      }
      return ShardResult.of();
    }
  }

  @Test
  void architectureIsNamedBySignatureAndComesBackWithItsWeights() throws Exception {
    assertComesBack("squeezenet", new SqueezeNet.Config(3));
    assertComesBack("inception-v3", new InceptionV3.Config(InceptionV3.Variant.FID, 0));
  }

  private void assertComesBack(String name, Architecture architecture) throws Exception {
    TestStages stages = new TestStages(root.resolve(name), 1e9);
    Manifest artifact = stages.run("network", new WriteTask(architecture), 1, Map.of());
    assertEquals(
        List.of("signature/" + name + ".json"),
        artifact.files("signature").stream().map(FileEntry::name).toList());
    stages.run("look", new LookTask(architecture), 1, Map.of("network", artifact));
  }
}
