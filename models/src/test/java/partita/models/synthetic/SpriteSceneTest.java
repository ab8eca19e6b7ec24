package partita.models.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpriteSceneTest {
  private static final int EDGE = 32;

  @Test
  void aSceneDependsOnSeedAndIndexAlone() {
    SpriteScene scene = SpriteScene.of(3, 17);
    assertEquals(scene, SpriteScene.of(3, 17));
    assertNotEquals(scene.sprites(), SpriteScene.of(3, 18).sprites());
    assertNotEquals(scene.sprites(), SpriteScene.of(4, 17).sprites());
  }

  @Test
  void allClassesCountsAndTexturesOccurAboutEquallyOften() {
    int[] labels = new int[SpriteScene.CLASSES];
    int[] counts = new int[SpriteScene.MAX_SPRITES + 1];
    for (int i = 0; i < 4000; i++) {
      SpriteScene scene = SpriteScene.of(1, i);
      labels[scene.label()]++;
      counts[scene.sprites().size()]++;
    }
    for (int count : labels) {
      assertEquals(400, count, 100);
    }
    assertEquals(0, counts[0]);
    assertTrue(IntStream.rangeClosed(1, 4).allMatch(n -> counts[n] > 700), Arrays.toString(counts));
  }

  @Test
  void attributesTellWhatTheSceneHolds() {
    SpriteScene scene = SpriteScene.of(1, 5);
    float[] attributes = scene.attributes();
    assertEquals(SpriteScene.ATTRIBUTES.size(), attributes.length);
    assertEquals(scene.sprites().size(), (int) attributes[0]);
    assertEquals(scene.label() / 2, (int) attributes[1]);
    assertEquals(scene.label() % 2 == 1, attributes[2] > 0);
    assertEquals((float) scene.main().hue(), attributes[3]);
  }

  @Test
  void everySpriteIsVisibleInBothMapsUnderItsOwnId() {
    for (int index = 70; index < 170; index++) {
      SpriteScene scene = SpriteScene.of(2, index);
      SpritePainter.Painting painting = SpritePainter.paint(scene, EDGE);
      Set<Integer> ids = new TreeSet<>();
      for (int i = 0; i < EDGE * EDGE; i++) {
        int id = painting.instance()[i];
        assertEquals(id == 0, painting.semantic()[i] == 0);
        if (id != 0) {
          ids.add(id);
          Sprite sprite = scene.sprites().get((id - 1) % SpriteScene.MAX_SPRITES);
          assertEquals(1 + sprite.shape().code(), painting.semantic()[i]);
        }
      }
      Set<Integer> expected = new TreeSet<>();
      for (int i = 0; i < scene.sprites().size(); i++) {
        expected.add(index * SpriteScene.MAX_SPRITES + i + 1);
      }
      assertEquals(expected, ids);
      assertTrue(ids.stream().allMatch(id -> id > 255));
    }
  }

  @Test
  void theMainSpriteHoldsTheLargestArea() {
    int largest = 0;
    for (int index = 0; index < 200; index++) {
      SpriteScene scene = SpriteScene.of(9, index);
      int[] area = new int[SpriteScene.MAX_SPRITES];
      for (int id : SpritePainter.paint(scene, EDGE).instance()) {
        if (id > 0) {
          area[(id - 1) % SpriteScene.MAX_SPRITES]++;
        }
      }
      largest += area[0] == Arrays.stream(area).max().orElseThrow() ? 1 : 0;
    }
    assertEquals(200, largest);
  }

  /**
   * The picture is part of every artifact that is built from it: changing a byte is a new version.
   */
  @Test
  void thePixelsAreThoseOfTheDayTheyWereDrawn() throws Exception {
    java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
    for (int index = 0; index < 16; index++) {
      digest.update(SpritePainter.paint(SpriteScene.of(1, index), EDGE).pixels());
    }
    assertEquals(
        "a52e19da7228f6732c164c26694dcd7e9130e93f040d4893e59b3d78e299eb83",
        HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void namesOfClassesDiffer() {
    Set<String> names = new HashSet<>();
    for (int label = 0; label < SpriteScene.CLASSES; label++) {
      names.add(SpriteScene.className(label));
    }
    assertEquals(SpriteScene.CLASSES, names.size());
    assertTrue(names.contains("patterned star"));
    assertArrayEquals(new String[] {"solid disc"}, new String[] {SpriteScene.className(0)});
  }
}
