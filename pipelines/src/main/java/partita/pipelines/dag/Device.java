package partita.pipelines.dag;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Decides where networks run, without loading the native engine. */
public final class Device {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  private Device() {}

  /**
   * The device for what the user asked.
   *
   * @param requested {@code auto}, {@code cpu} or {@code cuda}
   * @return {@code cpu} or {@code cuda}
   * @throws BadInputException when there is no such device here
   */
  public static String resolve(String requested) {
    boolean cuda = Files.exists(DRIVER) && !NumericsFingerprint.cpuOnlyEngine();
    return switch (requested) {
      case "cpu" -> "cpu";
      case "auto" -> cuda ? "cuda" : "cpu";
      case "cuda" -> {
        if (!cuda) {
          throw new BadInputException(
              "Cannot use --device=cuda: "
                  + (Files.exists(DRIVER)
                      ? "the engine on the class path is for CPUs; build with -Pcuda"
                      : "this machine has no NVIDIA driver; use --device=cpu"));
        }
        yield "cuda";
      }
      default -> throw NearestName.unknown("device", requested, List.of("auto", "cpu", "cuda"));
    };
  }
}
