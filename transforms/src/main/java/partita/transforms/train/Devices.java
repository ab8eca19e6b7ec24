package partita.transforms.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/** Native memory on the device that an execution names. */
public final class Devices {
  private static final String ENGINE = "PyTorch";

  private Devices() {}

  /**
   * A new root manager; the caller closes it.
   *
   * @param device {@code cpu} or {@code cuda}
   */
  public static NDManager manager(String device) {
    return NDManager.newBaseManager(
        switch (device) {
          case "cpu" -> Device.cpu();
          case "cuda" -> Device.gpu();
          default ->
              throw new IllegalArgumentException(
                  "Cannot compute on device '" + device + "': expected cpu or cuda");
        },
        ENGINE);
  }
}
