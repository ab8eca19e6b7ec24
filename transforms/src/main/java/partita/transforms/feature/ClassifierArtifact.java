package partita.transforms.feature;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import partita.models.embed.ClassifierSystem;
import partita.models.network.ConvNetClassifier;
import partita.models.network.ConvNetConfig;
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

/** A classifier as files of an artifact: role {@code weights}, and {@code signature} as JSON. */
final class ClassifierArtifact {
  private static final String WEIGHTS = "weights";
  private static final String SIGNATURE = "signature";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ClassifierArtifact() {}

  static List<FileEntry> write(
      ShardContext context, ConvNetConfig config, List<NamedTensor> weights) throws IOException {
    ArtifactStore store = context.store();
    Path file = store.temporary().resolve("signature-" + UUID.randomUUID() + ".json");
    Files.write(file, JSON.writeValueAsBytes(config));
    FileEntry signature = store.addBlob(file, SIGNATURE + "/classifier.json", 0, "", List.of());
    try (TableWriter writer =
        context.writer(WEIGHTS, WeightsTable.schema(), WeightsTable.ROWS_PER_BATCH)) {
      StateTable.write(writer, weights);
      return List.of(signature, writer.commit());
    }
  }

  /** The classifier of an artifact, shared by all shards of this JVM that hold it. */
  static SharedNetwork<ConvNetClassifier> open(ShardContext context, Manifest artifact)
      throws IOException {
    return SharedNetwork.acquire(
        ConvNetClassifier.class,
        artifact.contentDigest(),
        context.execution().device(),
        manager -> {
          ConvNetClassifier network =
              new ConvNetClassifier(manager, config(context.store(), artifact));
          try (TableReader reader = TableReader.open(context.store(), artifact, WEIGHTS)) {
            NetworkWeights.load(network, ClassifierSystem.NETWORK, StateTable.read(reader));
          }
          return network;
        });
  }

  private static ConvNetConfig config(ArtifactStore store, Manifest artifact) throws IOException {
    List<FileEntry> files = artifact.files(SIGNATURE);
    if (files.size() != 1) {
      throw new IOException(
          "Cannot embed with artifact %s %s: it is no classifier; it has %s"
              .formatted(
                  artifact.stage(),
                  artifact.actionKey(),
                  artifact.files().stream().map(FileEntry::role).distinct().toList()));
    }
    return JSON.readValue(Files.readAllBytes(store.blob(files.get(0))), ConvNetConfig.class);
  }
}
