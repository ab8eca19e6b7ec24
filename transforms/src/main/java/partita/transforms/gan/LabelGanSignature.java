package partita.transforms.gan;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelGan;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;

/**
 * What a generator artifact holds, so that it can be sampled without the experiment that made it.
 * Stored as the JSON file {@code signature/generator.json}.
 *
 * @param network architecture, {@code MlpNetworks}
 * @param weights roles that hold them: {@code generator} as trained, {@code average} for an
 *     exponential moving average
 * @param step number of training steps behind the weights
 * @param latent width of z
 * @param condition what it is conditioned on, {@code label} or {@code nothing}
 * @param config shape of the networks
 */
record LabelGanSignature(
    String network,
    List<String> weights,
    long step,
    int latent,
    String condition,
    GanNetworks config) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static LabelGanSignature of(GanNetworks networks, boolean averaged, long step) {
    return new LabelGanSignature(
        networks.getClass().getSimpleName(),
        averaged
            ? List.of(LabelGan.GENERATOR, TrainLabelGanTask.AVERAGE)
            : List.of(LabelGan.GENERATOR),
        step,
        networks.latentWidth(),
        networks.labels() > 0 ? "label" : "nothing",
        networks);
  }

  FileEntry write(ArtifactStore store) throws IOException {
    Path file = store.temporary().resolve("signature-" + UUID.randomUUID() + ".json");
    Files.write(file, JSON.writeValueAsBytes(this));
    return store.addBlob(file, GeneratorSignature.NAME, 0, "", List.of());
  }
}
