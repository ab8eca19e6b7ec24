package partita.transforms.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.UUID;

/** Native memory on the device that an execution names. */
public final class Devices {
  private static final String ENGINE = "PyTorch";

  private Devices() {}

  /**
   * A new root manager; the caller closes it. A GPU belongs to this process until then: it is
   * waited for while another process of the machine has it.
   *
   * @param device {@code cpu} or {@code cuda}
   */
  public static NDManager manager(String device) throws IOException {
    return switch (device) {
      case "cpu" -> NDManager.newBaseManager(Device.cpu(), ENGINE);
      case "cuda" -> leased();
      default ->
          throw new IllegalArgumentException(
              "Cannot compute on device '" + device + "': expected cpu or cuda");
    };
  }

  private static NDManager leased() throws IOException {
    DeviceLease lease = DeviceLease.take(DeviceLease.file());
    try {
      NDManager manager = NDManager.newBaseManager(Device.gpu(), ENGINE);
      manager.attachInternal(UUID.randomUUID().toString(), lease); // ends with the manager
      return manager;
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }
}
