package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.junit.jupiter.api.Test;

class RootMessageTest {

  /** As Flink names an exception that came over the wire. */
  private static final class SerializedThrowable extends Exception {
    private static final long serialVersionUID = 1L;

    SerializedThrowable(String text) {
      super(text);
    }
  }

  @Test
  void wrappersOfRunnersAreTakenOff() {
    IOException root = new IOException("Cannot write weights: disk is full");
    Exception wrapped = new PipelineExecutionException(new ExecutionException(root));

    assertEquals("Cannot write weights: disk is full", RootMessage.of(wrapped));
  }

  @Test
  void remoteExceptionsLoseTheirTypeAndWhatIsOutsideTheShard() {
    Exception remote =
        new SerializedThrowable(
            "partita.transforms.shard.ShardFailedException: Stage train, shard 1 of 1: loss is NaN");
    Exception wrapped = new RuntimeException("Pipeline execution failed", remote);

    assertEquals("Stage train, shard 1 of 1: loss is NaN", RootMessage.of(wrapped));
  }

  @Test
  void everyCauseThatAddsSomethingIsTold() {
    Exception root = new NoSuchFileException("/data/a.png");
    Exception outer = new IllegalStateException("Cannot decode image 7", root);

    assertEquals(
        "Cannot decode image 7: NoSuchFileException /data/a.png",
        RootMessage.of(new RuntimeException(outer)));
  }

  @Test
  void exceptionWithoutTextIsNamed() {
    assertEquals("NullPointerException", RootMessage.of(new NullPointerException()));
  }
}
