package partita.transforms.feature;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import partita.models.embed.ClassifierSystem;
import partita.models.embed.InputPreparation;
import partita.models.embed.PreparedNetwork;
import partita.models.layer.Layer;
import partita.models.network.AlexNet;
import partita.models.network.Architecture;
import partita.models.network.ConvNetClassifier;
import partita.models.network.ConvNetConfig;
import partita.models.network.EmbeddingNetwork;
import partita.models.network.InceptionV3;
import partita.models.network.PretrainedNetwork;
import partita.models.network.ResNetConfig;
import partita.models.network.SqueezeNet;
import partita.models.network.UNet;
import partita.models.network.Vgg;
import partita.models.train.NamedTensor;
import partita.models.train.NetworkWeights;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.schemas.table.WeightsTable;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.Devices;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Networks that others trained, by {@link Architecture#family()}. */
  private static final Map<String, Class<? extends Architecture>> FAMILIES =
      Map.of(
          "alexnet", AlexNet.Config.class,
          "inception-v3", InceptionV3.Config.class,
          "resnet", ResNetConfig.class,
          "squeezenet", SqueezeNet.Config.class,
          "unet", UNet.Config.class,
          "vgg", Vgg.Config.class);

  private NetworkArtifact() {}

  static List<FileEntry> write(
      ShardContext context, ConvNetConfig config, List<NamedTensor> weights) throws IOException {
    return write(context, CLASSIFIER, config, weights);
  }

  static List<FileEntry> write(
      ShardContext context, Architecture architecture, List<NamedTensor> weights)
      throws IOException {
    return write(context, name(architecture.family()), architecture, weights);
  }

  private static List<FileEntry> write(
      ShardContext context, String name, Object signature, List<NamedTensor> weights)
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

  /**
   * What is known of a network without its weights.
   *
   * @param architecture of a network that others trained; absent for one that was trained here
   * @param layers named layers from input to output, with the number of channels of each
   * @param classes number of class scores, 0 if it gives none
   */
  public record Described(
      Optional<Architecture> architecture, Map<String, Integer> layers, int classes) {}

  /**
   * Looks at the network of an artifact.
   *
   * @throws IOException when it holds no network that embeds images
   */
  public static Described describe(ArtifactStore store, Manifest artifact) throws IOException {
    FileEntry signature = signature(artifact);
    byte[] json = Files.readAllBytes(store.blob(signature));
    if (signature.name().equals(CLASSIFIER)) {
      ConvNetConfig config = JSON.readValue(json, ConvNetConfig.class);
      return new Described(Optional.empty(), config.layers(), config.classes());
    }
    Architecture architecture = architecture(signature, json);
    try (NDManager manager = Devices.manager("cpu")) {
      return new Described(
          Optional.of(architecture), architecture.build(manager).layers(), architecture.classes());
    }
  }

  /** The network of an artifact, shared by all shards of this JVM that hold it. */
  public static SharedNetwork<EmbeddingNetwork> open(ShardContext context, Manifest artifact)
      throws IOException {
    FileEntry signature = signature(artifact);
    byte[] json = Files.readAllBytes(context.store().blob(signature));
    if (signature.name().equals(CLASSIFIER)) {
      return SharedNetwork.acquire(
          EmbeddingNetwork.class,
          artifact.contentDigest(),
          context.execution().device(),
          manager -> {
            ConvNetClassifier network =
                new ConvNetClassifier(manager, JSON.readValue(json, ConvNetConfig.class));
            load(network, ClassifierSystem.NETWORK, context.store(), artifact);
            return network;
          });
    }
    return open(context, artifact, InputPreparation.usual(architecture(signature, json)));
  }

  /**
   * A network that others trained, its images prepared otherwise than usual.
   *
   * @param preparation what the network sees of an image
   */
  static SharedNetwork<EmbeddingNetwork> open(
      ShardContext context, Manifest artifact, InputPreparation preparation) throws IOException {
    FileEntry signature = signature(artifact);
    byte[] json = Files.readAllBytes(context.store().blob(signature));
    return SharedNetwork.acquire(
        EmbeddingNetwork.class,
        artifact.contentDigest() + " " + preparation,
        context.execution().device(),
        manager ->
            new PreparedNetwork(
                read(manager, architecture(signature, json), context.store(), artifact),
                preparation));
  }

  /** A network that others trained, its images still to be prepared by the caller. */
  public static SharedNetwork<PretrainedNetwork> openUnprepared(
      ShardContext context, Manifest artifact) throws IOException {
    FileEntry signature = signature(artifact);
    byte[] json = Files.readAllBytes(context.store().blob(signature));
    return SharedNetwork.acquire(
        PretrainedNetwork.class,
        artifact.contentDigest(),
        context.execution().device(),
        manager -> read(manager, architecture(signature, json), context.store(), artifact));
  }

  private static PretrainedNetwork read(
      NDManager manager, Architecture architecture, ArtifactStore store, Manifest artifact)
      throws IOException {
    PretrainedNetwork network = architecture.build(manager);
    load(network, architecture.family(), store, artifact);
    return network;
  }

  private static String name(String family) {
    return SIGNATURE + "/" + family + ".json";
  }

  private static Architecture architecture(FileEntry signature, byte[] json) throws IOException {
    for (Map.Entry<String, Class<? extends Architecture>> family : FAMILIES.entrySet()) {
      if (signature.name().equals(name(family.getKey()))) {
        return JSON.readValue(json, family.getValue());
      }
    }
    throw new IOException("Cannot read a network of signature " + signature.name());
  }

  private static void load(Layer network, String label, ArtifactStore store, Manifest artifact)
      throws IOException {
    try (TableReader reader = TableReader.open(store, artifact, WEIGHTS)) {
      NetworkWeights.load(network, label, StateTable.read(reader));
    }
  }

  private static FileEntry signature(Manifest artifact) throws IOException {
    List<FileEntry> files = artifact.files(SIGNATURE);
    if (files.size() != 1 || !known(files.get(0).name())) {
      throw new IOException(
          "Cannot embed with artifact %s %s: it is no network that embeds images; it has %s"
              .formatted(
                  artifact.stage(),
                  artifact.actionKey(),
                  artifact.files().stream().map(FileEntry::name).distinct().toList()));
    }
    return files.get(0);
  }

  private static boolean known(String signature) {
    return signature.equals(CLASSIFIER)
        || FAMILIES.keySet().stream().anyMatch(family -> signature.equals(name(family)));
  }
}
