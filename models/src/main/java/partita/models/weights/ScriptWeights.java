package partita.models.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A TorchScript module ({@code torch.jit.save}): its weights are the tensors among the attributes
 * of its modules. Its code is neither run nor loaded.
 */
final class ScriptWeights extends WeightFile {
  private final TorchArchive archive;

  ScriptWeights(Path path, TorchArchive archive) {
    super(path, "torchscript");
    this.archive = archive;
  }

  @Override
  Map<String, TensorLayout> layouts() throws IOException {
    Map<String, TensorLayout> tensors =
        ScriptGlobals.tensors(archive.described(ScriptGlobals::find));
    if (tensors.isEmpty()) {
      throw new FormatException(
          "its modules have no tensors, as those of torch.jit.freeze, which makes them part of the code; save the module before it is frozen");
    }
    return tensors;
  }

  @Override
  void requireHeld(TensorLayout.Storage storage) throws IOException {
    archive.requireHeld(storage);
  }

  @Override
  byte[] read(TensorLayout.Storage storage, long offset, int count) throws IOException {
    return archive.read(storage, offset, count);
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
