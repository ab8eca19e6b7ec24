package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BigGanWorkTest {

  /** Written out by hand for width 64: blocks at 8, 16, 32 up, and at 32, 16, 8, 8 down. */
  @Test
  void convolutionsAtResolution32AreCounted() {
    double w = 64 * 64;
    double generator =
        13 * w * (8 * 8 + 16 * 16 + 32 * 32) + w * (4 * 4 + 8 * 8 + 16 * 16) + 9 * 64 * 3 * 32 * 32;
    double discriminator =
        (9 * 3 * 64 + 4 * w) * 32 * 32
            + 3 * 64 * 16 * 16
            + 13 * w * 16 * 16
            + w * 8 * 8
            + 2 * 18 * w * 8 * 8;
    BigGanWork work = BigGanWork.of(BigGanConfig.of(32, 16));
    assertEquals(generator, work.generator());
    assertEquals(discriminator, work.discriminator());
    assertEquals(10 * (4 * generator + 8 * discriminator), work.step(10, 1));
    assertEquals(10 * (5 * generator + 14 * discriminator), work.step(10, 2));
  }

  @Test
  void attentionCostsWhereThereIsAny() {
    BigGanConfig with = BigGanConfig.of(64, 8);
    BigGanConfig without = new BigGanConfig(64, 8, 3, 120, 0, 128, 0, 512, List.of());
    // At 32x32 the generator has 32 channels.
    double quarter = 1024.0 * 1024 / 4;
    assertEquals(
        32 * 32 * 1.25 * 1024 + quarter * 32 * 0.625,
        BigGanWork.of(with).generator() - BigGanWork.of(without).generator());
    assertTrue(BigGanWork.of(with).discriminator() > BigGanWork.of(without).discriminator());
  }
}
