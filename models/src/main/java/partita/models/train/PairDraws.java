package partita.models.train;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import partita.models.network.Condition;

/** Draws what a conditional GAN is trained on; a function of the position, whatever came before. */
public interface PairDraws {

  /**
   * Images and what each is conditioned on.
   *
   * @param images {@code [batch, C, H, W]} in [-1, 1]
   */
  record Pairs(NDArray images, Condition condition) {}

  /** Real pairs; together they visit all data once an epoch. */
  Pairs real(Position position) throws IOException;

  /**
   * What images to be generated are conditioned on, independent of the real pairs.
   *
   * @param purpose name of the update, whose draws are its own
   */
  Condition fake(String purpose, Position position) throws IOException;
}
