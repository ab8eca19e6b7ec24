package partita.models.neighbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairShardsTest {
  private static final int[] BLOCKS = {1, 3, 7, 13, 21, 31, 57, 73, 91, 133, 183, 273};

  @Test
  void everyPairOfBlocksMeetsInExactlyOneShard() {
    for (int count : BLOCKS) {
      PairShards shards = PairShards.of(count * 10L, 1, 10);
      assertEquals(count, shards.blocks());
      int[][] met = new int[shards.blocks()][shards.blocks()];
      for (int shard = 0; shard < shards.blocks(); shard++) {
        int[] blocks = shards.blocksOf(shard);
        met[blocks[0]][blocks[0]]++;
        for (int i = 0; i < blocks.length; i++) {
          for (int j = i + 1; j < blocks.length; j++) {
            met[blocks[i]][blocks[j]]++;
            met[blocks[j]][blocks[i]]++;
          }
        }
      }
      for (int[] row : met) {
        assertEquals(shards.blocks(), Arrays.stream(row).filter(times -> times == 1).count());
      }
    }
  }

  @Test
  void blocksCoverTheRowsAndShardsOfABlockHaveIt() {
    PairShards shards = PairShards.of(1000, 5, 60);
    long row = 0;
    for (int block = 0; block < shards.blocks(); block++) {
      assertEquals(row, shards.first(block));
      assertTrue(shards.count(block) <= 60);
      row += shards.count(block);
      for (int shard : shards.shardsOf(block)) {
        int wanted = block;
        assertTrue(Arrays.stream(shards.blocksOf(shard)).anyMatch(found -> found == wanted));
      }
    }
    assertEquals(1000, row);
  }

  @Test
  void listsOfAllShardsFollowEachOther() {
    PairShards shards = PairShards.of(1000, 5, 400);
    assertEquals(3, shards.blocks());
    assertArrayEquals(new int[] {2, 0}, shards.blocksOf(2));
    assertEquals(0, shards.listsBefore(0, 0));
    assertEquals(333 + 333 + 333, shards.listsBefore(1, 2));
    assertEquals(2 * 1000 - 333, shards.listsBefore(2, 0));
    assertThrows(IllegalArgumentException.class, () -> shards.listsBefore(0, 2));
  }

  @Test
  void manyNeighborsMakeSmallBlocksAndListsNoLongerThanWhatAShardSees() {
    PairShards shards = PairShards.of(20_000, 19_999, 9216);
    assertEquals(133, shards.blocks());
    assertEquals(12 * 151, shards.width());
    assertEquals(50, PairShards.of(20_000, 50, 9216).width());
  }

  @Test
  void blocksOfNoRowsAreRefused() {
    Exception error = assertThrows(IllegalArgumentException.class, () -> PairShards.of(10, 1, 0));
    assertEquals("Cannot cut blocks of 0 rows: expected at least 1", error.getMessage());
  }
}
