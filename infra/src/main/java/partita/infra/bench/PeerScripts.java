package partita.infra.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The scripts that measure what a user would pick instead; they come with the program. */
public final class PeerScripts {
  private static final List<String> NAMES = List.of("peers.py", "biggan_step.py");

  private PeerScripts() {}

  /** Copies all scripts into a folder, so that an interpreter can read them. */
  public static void unpack(Path folder) throws IOException {
    for (String name : NAMES) {
      try (InputStream script = PeerScripts.class.getResourceAsStream(name)) {
        if (script == null) {
          throw new IOException(
              "Cannot unpack script %s: it is not on the class path; build the module infra again"
                  .formatted(name));
        }
        Files.copy(script, folder.resolve(name));
      }
    }
  }
}
