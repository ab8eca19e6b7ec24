package partita.transforms.feature;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import partita.models.embed.ClassifierSystem;
import partita.models.embed.ImageNetEmbedder;
import partita.models.embed.ImageNetPreparation;
import partita.models.embed.ResNetWeights;
import partita.models.layer.Layer;
import partita.models.network.ConvNetClassifier;
import partita.models.network.ConvNetConfig;
import partita.models.network.EmbeddingNetwork;
import partita.models.network.ResNet;
import partita.models.network.ResNetConfig;
import partita.models.train.NamedTensor;
import partita.models.train.NetworkWeights;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.schemas.table.WeightsTable;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.SharedNetwork;
import partita.transforms.train.StateTable;

/**
 * A network that embeds images, as files of an artifact: role {@code weights}, and {@code
 * signature}, a JSON file whose name tells what kind of network it is.
 */
public final class NetworkArtifact {
  private static final String WEIGHTS = "weights";
  private static final String SIGNATURE = "signature";
  private static final String CLASSIFIER = SIGNATURE + "/classifier.json";
  private static final String RESNET = SIGNATURE + "/resnet.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Signature of an imported ResNet. */
  record ResNetSignature(ResNetConfig config, ImageNetPreparation preparation) {}

  private NetworkArtifact() {}

  static List<FileEntry> write(
      ShardContext context, ConvNetConfig config, List<NamedTensor> weights) throws IOException {
    return write(context, CLASSIFIER, config, weights);
  }

  static List<FileEntry> write(
      ShardContext context, ResNetSignature signature, List<NamedTensor> weights)
      throws IOException {
    return write(context, RESNET, signature, weights);
  }

  private static List<FileEntry> write(
      ShardContext context, String name, Record signature, List<NamedTensor> weights)
      throws IOException {
    ArtifactStore store = context.store();
    Path file = store.temporary().resolve("signature-" + UUID.randomUUID() + ".json");
    Files.write(file, JSON.writeValueAsBytes(signature));
    FileEntry entry = store.addBlob(file, name, 0, "", List.of());
    try (TableWriter writer =
        context.writer(WEIGHTS, WeightsTable.schema(), WeightsTable.ROWS_PER_BATCH)) {
      StateTable.write(writer, weights);
      return List.of(entry, writer.commit());
    }
  }

  /** The network of an artifact, shared by all shards of this JVM that hold it. */
  public static SharedNetwork<EmbeddingNetwork> open(ShardContext context, Manifest artifact)
      throws IOException {
    FileEntry signature = signature(artifact);
    byte[] json = Files.readAllBytes(context.store().blob(signature));
    return SharedNetwork.acquire(
        EmbeddingNetwork.class,
        artifact.contentDigest(),
        context.execution().device(),
        manager -> {
          if (signature.name().equals(CLASSIFIER)) {
            ConvNetClassifier network =
                new ConvNetClassifier(manager, JSON.readValue(json, ConvNetConfig.class));
            load(network, ClassifierSystem.NETWORK, context.store(), artifact);
            return network;
          }
          ResNetSignature resNet = JSON.readValue(json, ResNetSignature.class);
          ResNet network = new ResNet(manager, resNet.config());
          load(network, ResNetWeights.NETWORK, context.store(), artifact);
          return new ImageNetEmbedder(network, resNet.preparation());
        });
  }

  private static void load(Layer network, String label, ArtifactStore store, Manifest artifact)
      throws IOException {
    try (TableReader reader = TableReader.open(store, artifact, WEIGHTS)) {
      NetworkWeights.load(network, label, StateTable.read(reader));
    }
  }

  private static FileEntry signature(Manifest artifact) throws IOException {
    List<FileEntry> files = artifact.files(SIGNATURE);
    if (files.size() != 1 || !List.of(CLASSIFIER, RESNET).contains(files.get(0).name())) {
      throw new IOException(
          "Cannot embed with artifact %s %s: it is no network that embeds images; it has %s"
              .formatted(
                  artifact.stage(),
                  artifact.actionKey(),
                  artifact.files().stream().map(FileEntry::name).distinct().toList()));
    }
    return files.get(0);
  }
}
