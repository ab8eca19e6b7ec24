package partita.models.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** PyTorch's format since 1.6, a {@link TorchArchive} of what was given to {@code torch.save}. */
final class ZipWeights extends WeightFile {
  private final TorchArchive archive;

  ZipWeights(Path path, TorchArchive archive) {
    super(path, "torch-zip");
    this.archive = archive;
  }

  @Override
  Map<String, TensorLayout> layouts() throws IOException {
    return StateDict.tensors(archive.described(TorchGlobals::find));
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
