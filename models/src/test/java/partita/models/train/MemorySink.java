package partita.models.train;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps copies of all saved states. */
public final class MemorySink implements CheckpointSink {
  final List<TrainingState> saved = new ArrayList<>();

  @Override
  public void save(TrainingState state) {
    saved.add(copy(state));
  }

  @Override
  public Optional<TrainingState> latest() {
    return saved.isEmpty() ? Optional.empty() : Optional.of(saved.get(saved.size() - 1));
  }

  public static TrainingState copy(TrainingState state) {
    List<NamedTensor> copies = new ArrayList<>();
    for (NamedTensor tensor : state.tensors()) {
      byte[] bytes = bytes(tensor);
      DataType type = tensor.type();
      copies.add(
          new NamedTensor(
              tensor.role(), tensor.name(), type, tensor.shape(), () -> ByteBuffer.wrap(bytes)));
    }
    return new TrainingState(copies);
  }

  public static byte[] bytes(NamedTensor tensor) {
    ByteBuffer content = tensor.content().get();
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }
}
