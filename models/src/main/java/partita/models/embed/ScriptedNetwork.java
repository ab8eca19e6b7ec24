package partita.models.embed;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import partita.models.network.SegmentationNetwork;
import partita.models.op.TorchScript;
import partita.models.weights.ScriptFile;

/**
 * A segmentation network as a TorchScript module ({@code torch.jit.save}), which libtorch runs as
 * it is: DRN, UPerNet and any other. Its {@code forward} gets float32 {@code [N, 3, H, W]}, RGB in
 * [0, 1], and is to normalize it as its training did; it gives the scores of the classes, {@code
 * [N, classes, H', W']}. It runs in evaluation mode.
 */
public final class ScriptedNetwork implements SegmentationNetwork {
  // Arithmetic with numbers is for scripts alone.
  private static final TorchScript OPS =
      new TorchScript(
          """
            def from_zero_to_one(self: __torch__.Ops, images: Tensor) -> Tensor:
              return torch.div(torch.add(images, 1.), 2.)
          """);
  private static final int DIMENSIONS = 4;

  private final NDManager manager;
  private final TorchScript module;
  private final Path file;

  private ScriptedNetwork(NDManager manager, TorchScript module, Path file) {
    this.manager = manager;
    this.module = module;
    this.file = file;
  }

  /**
   * Loads a module, once its code was found to stay within itself.
   *
   * @param manager owns it
   * @throws partita.models.weights.WeightFileException if it is damaged, no TorchScript module, or
   *     its code reaches for more than tensors
   */
  public static ScriptedNetwork open(NDManager manager, Path file) throws IOException {
    ScriptFile.check(file);
    return new ScriptedNetwork(manager, TorchScript.load(manager, file), file);
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the module fails or gives something else
   */
  @Override
  public NDArray scores(NDArray images) {
    NDArray scores = run(OPS.run(images.getManager(), "from_zero_to_one", images));
    long given = images.getShape().get(0);
    if (scores.getShape().dimension() != DIMENSIONS || scores.getShape().get(0) != given) {
      throw new IllegalArgumentException(
          "Cannot segment with %s: its forward gives %s of %d images, expected [%d, classes, H, W]"
              .formatted(file, scores.getShape(), given, given));
    }
    return scores;
  }

  private NDArray run(NDArray images) {
    try {
      return module.run(images.getManager(), "forward", images);
    } catch (EngineException | IllegalStateException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException(
          "Cannot segment with %s: its forward fails on float32 %s, or gives no tensor: %s"
              .formatted(file, images.getShape(), first.replaceAll("\\p{Cntrl}", "?")),
          e);
    }
  }
}
