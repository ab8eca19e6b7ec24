package partita.infra.gcs;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Cloud Storage. As in Google's other client libraries, {@code
 * STORAGE_EMULATOR_HOST=http://localhost:4443} (the scheme may be left out) turns to an emulator,
 * without credentials; the Java library itself does not look at it.
 */
final class GcsClient {
  static final String EMULATOR = "STORAGE_EMULATOR_HOST";

  private static @Nullable Storage shared;

  private GcsClient() {}

  /** One client for all stores of this JVM: looking up credentials may take seconds. */
  static synchronized Storage shared() {
    if (shared == null) {
      shared = of(System.getenv());
    }
    return shared;
  }

  static Storage of(Map<String, String> environment) {
    String emulator = environment.getOrDefault(EMULATOR, "").strip();
    if (emulator.isEmpty()) {
      return StorageOptions.getDefaultInstance().getService();
    }
    return StorageOptions.http()
        .setHost(emulator.contains("://") ? emulator : "http://" + emulator)
        .setCredentials(NoCredentials.getInstance())
        .setProjectId("emulator") // else the library looks for a metadata server
        .build()
        .getService();
  }
}
