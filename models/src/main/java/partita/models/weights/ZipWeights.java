package partita.models.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A {@link TorchArchive}: what was given to {@code torch.save} since PyTorch 1.6, or the tensors
 * among the attributes of a TorchScript module ({@code torch.jit.save}), whose code is neither run
 * nor loaded.
 */
final class ZipWeights extends WeightFile {
  private final TorchArchive archive;

  ZipWeights(Path path, TorchArchive archive) {
    super(path, archive.isScript() ? "torchscript" : "torch-zip");
    this.archive = archive;
  }

  @Override
  Map<String, TensorLayout> layouts() throws IOException {
    return archive.isScript()
        ? ScriptGlobals.tensors(archive.described(ScriptGlobals::find))
        : StateDict.tensors(archive.described(TorchGlobals::find));
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
