package partita.models.neighbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.models.random.CounterRandom;

class CandidatesTest {

  /** 4 rows of each score; batches of 1 are inserted, the others selected from. */
  @Test
  void theBestDoNotDependOnTheOrderOrTheSizeOfOffers() {
    int[] order = new CounterRandom(3, "offers").permutation(200, 0);
    for (int k : new int[] {1, 2, 19, 20}) {
      for (int size : new int[] {1, 3, 11, 40, 200}) {
        Candidates best = new Candidates(2, k);
        for (int done = 0; done < 200; done += size) {
          long[] batch = new long[size + k];
          int count = Math.min(size, 200 - done);
          for (int i = 0; i < count; i++) {
            int id = order[done + i];
            batch[i] = Candidates.candidate(id, id % 50 - 10);
          }
          best.offer(1, batch, count);
        }
        assertEquals(49 - (k - 1) / 4 - 10, best.threshold(1));
        NeighborLists lists = best.drain(7);
        assertEquals(7, lists.first());
        int[] expected = IntStream.range(0, k).map(i -> 49 - i / 4 + 50 * (i % 4)).toArray();
        assertArrayEquals(expected, lists.ids(1));
        assertEquals(39, lists.similarities()[k]);
      }
    }
  }

  @Test
  void aRowThatSawFewCandidatesEndsWithNone() {
    Candidates best = new Candidates(1, 3);
    best.offer(0, new long[] {Candidates.candidate(5, -2), 0, 0, 0}, 1);
    NeighborLists lists = best.drain(0);
    assertArrayEquals(new int[] {5, -1, -1}, lists.ids());
    assertEquals(Float.NEGATIVE_INFINITY, lists.similarities()[1]);
  }

  @Test
  void zerosOfEitherSignAreEqual() {
    Candidates best = new Candidates(1, 2);
    long[] batch = {Candidates.candidate(2, 0f), Candidates.candidate(1, -0f), 0, 0};
    best.offer(0, batch, 2);
    assertArrayEquals(new int[] {1, 2}, best.drain(0).ids());
  }

  @Test
  void theLargestAreSelectedFromAnyOrder() {
    for (int step : new int[] {1, 7, 100, 50, 33}) {
      for (int k : new int[] {1, 50, 100, 101}) {
        long[] values = new long[110];
        for (int i = 0; i < 101; i++) {
          values[i] = i * step % 101;
        }
        Selection.best(values, 101, k);
        long[] found = Arrays.copyOf(values, k);
        Arrays.sort(found);
        assertEquals(101 - k, found[0]);
        assertEquals(k, Arrays.stream(found).distinct().count());
      }
    }
  }
}
