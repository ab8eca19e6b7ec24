package partita.models.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CounterRandomTest {

  /** Known answers of the Random123 distribution, file {@code kat_vectors}. */
  @Test
  void philoxGivesThePublishedKnownAnswers() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        CounterRandom.philox(0, 0, 0, 0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        CounterRandom.philox(-1, -1, -1, -1, -1, -1));
  }

  @Test
  void normalsHaveMeanZeroAndVarianceOneAndDoNotDependOnTheirCount() {
    float[] draws = new float[100_000];
    new CounterRandom(7, "latent").normals(3, 5, draws, 0, draws.length);
    double mean =
        IntStream.range(0, draws.length).mapToDouble(i -> draws[i]).average().orElseThrow();
    double square =
        IntStream.range(0, draws.length)
            .mapToDouble(i -> draws[i] * draws[i])
            .average()
            .orElseThrow();
    assertEquals(0, mean, 0.015);
    assertEquals(1, square, 0.02);
    float[] few = new float[3];
    new CounterRandom(7, "latent").normals(3, 5, few, 0, 3);
    assertArrayEquals(Arrays.copyOf(draws, 3), few);
  }

  @Test
  void uniformsFillTheUnitIntervalAndDoNotDependOnTheirCount() {
    float[] draws = new float[100_001];
    new CounterRandom(7, "noise").uniforms(3, 5, draws, 0, draws.length);
    double sum = 0;
    double square = 0;
    for (float draw : draws) {
      assertTrue(draw >= 0 && draw < 1, "draw " + draw);
      sum += draw;
      square += draw * draw;
    }
    assertEquals(1.0 / 2, sum / draws.length, 0.005);
    assertEquals(1.0 / 3, square / draws.length, 0.005);
    float[] few = new float[7];
    new CounterRandom(7, "noise").uniforms(3, 5, few, 1, 6);
    assertArrayEquals(Arrays.copyOf(draws, 6), Arrays.copyOfRange(few, 1, 7));
  }

  @Test
  void seedStreamStepRowAndIndexEachChangeTheValue() {
    CounterRandom random = new CounterRandom(1, "a");
    long reference = random.bits(1, 1, 1);
    assertNotEquals(reference, new CounterRandom(2, "a").bits(1, 1, 1));
    assertNotEquals(reference, new CounterRandom(1, "b").bits(1, 1, 1));
    assertNotEquals(reference, random.bits(2, 1, 1));
    assertNotEquals(reference, random.bits(1, 2, 1));
    assertNotEquals(reference, random.bits(1, 1, 2));
  }

  @Test
  void permutationHoldsEachNumberOnceAndEachEpochHasItsOwn() {
    int[] first = new CounterRandom(1, "order").permutation(1000, 0);
    int[] second = new CounterRandom(1, "order").permutation(1000, 1);
    assertArrayEquals(IntStream.range(0, 1000).toArray(), Arrays.stream(first).sorted().toArray());
    assertNotEquals(Arrays.toString(first), Arrays.toString(second));
  }
}
