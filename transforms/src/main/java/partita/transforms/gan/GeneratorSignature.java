package partita.transforms.gan;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import partita.models.network.BigGanConfig;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;

/**
 * What a generator artifact holds, so that it can be sampled without the experiment that made it.
 * Stored as the JSON file {@code signature/generator.json}.
 *
 * @param network {@code biggan}
 * @param weights {@code average} for an exponential moving average
 * @param step number of training steps behind the weights
 * @param latent width of z
 * @param condition what it is conditioned on: {@code feature}, {@code label} or {@code
 *     label+feature}
 * @param config shape of the network
 */
public record GeneratorSignature(
    String network, String weights, long step, int latent, String condition, BigGanConfig config) {
  static final String ROLE = "signature";
  static final String NAME = ROLE + "/generator.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  static GeneratorSignature bigGan(BigGanConfig config, long step) {
    String condition =
        config.classes() == 0 ? "feature" : config.featureWidth() == 0 ? "label" : "label+feature";
    return new GeneratorSignature(
        "biggan", "average", step, config.latentWidth(), condition, config);
  }

  FileEntry write(ArtifactStore store) throws IOException {
    Path file = store.temporary().resolve("signature-" + UUID.randomUUID() + ".json");
    Files.write(file, JSON.writeValueAsBytes(this));
    return store.addBlob(file, NAME, 0, "", List.of());
  }

  /** Reads the signature of a generator artifact. */
  public static GeneratorSignature read(ArtifactStore store, Manifest manifest) throws IOException {
    List<FileEntry> files = manifest.files(ROLE);
    if (files.size() != 1) {
      throw new IOException(
          "Cannot sample artifact %s %s: it declares no generator; it has %s"
              .formatted(
                  manifest.stage(),
                  manifest.actionKey(),
                  manifest.files().stream().map(FileEntry::role).distinct().toList()));
    }
    return JSON.readValue(Files.readAllBytes(store.blob(files.get(0))), GeneratorSignature.class);
  }
}
