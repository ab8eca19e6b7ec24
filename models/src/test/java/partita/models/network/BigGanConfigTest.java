package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BigGanConfigTest {

  @ParameterizedTest
  @CsvSource({"32, 4, 30, 120", "64, 5, 24, 120", "128, 6, 20, 120", "256, 7, 17, 119"})
  void latentIsSplitEvenlyOverTheFirstLayerAndTheBlocks(
      int resolution, int chunks, int chunk, int width) {
    BigGanConfig config = BigGanConfig.of(resolution, 8);
    assertEquals(chunks, config.generatorBlocks().size() + 1);
    assertEquals(chunk, config.chunkWidth());
    assertEquals(width, config.latentWidth());
  }

  @ParameterizedTest
  @CsvSource({
    "32, '4>4 4>4 4>4', '3>4/ 4>4/ 4>4 4>4'",
    "64, '16>16 16>8 8>4* 4>2', '3>1/* 1>2/ 2>4/ 4>8/ 8>16'",
    "128, '16>16 16>8 8>4 4>2* 2>1', '3>1/* 1>2/ 2>4/ 4>8/ 8>16/ 16>16'",
    "256, '16>16 16>8 8>8 8>4* 4>2 2>1', '3>1/ 1>2/* 2>4/ 4>8/ 8>8/ 8>16/ 16>16'"
  })
  void widthsHalvingsAndAttentionAreTheOfficialOnes(
      int resolution, String generator, String discriminator) {
    int ch = 8;
    BigGanConfig config = BigGanConfig.of(resolution, ch);
    assertEquals(
        generator,
        config.generatorBlocks().stream()
            .map(b -> b.in() / ch + ">" + b.out() / ch + (b.attention() ? "*" : ""))
            .collect(Collectors.joining(" ")));
    assertEquals(
        discriminator,
        config.discriminatorBlocks().stream()
            .map(
                b ->
                    (b.in() == 3 ? 3 : b.in() / ch)
                        + ">"
                        + b.out() / ch
                        + (b.resample() ? "/" : "")
                        + (b.attention() ? "*" : ""))
            .collect(Collectors.joining(" ")));
  }

  @Test
  void errorsAreCollected() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new BigGanConfig(48, 4, 2, 7, -1, 0, -1, 0, List.of(24)));
    assertEquals(
        "Cannot build BigGAN: resolution is 48, expected one of [32, 64, 128, 256];"
            + " imageChannels is 2, expected 1 or 3; dimZ is 7, expected at least 8;"
            + " classes is -1, expected at least 0; classWidth is 0, expected at least 1;"
            + " featureWidth is -1, expected at least 0; instanceWidth is 0, expected at least 1;"
            + " attention at 24, expected a power of two in [8, 48);"
            + " channelMultiplier is 4, expected at least 8 where there is attention",
        error.getMessage());
  }
}
