package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyHasherTest {
  enum Order {
    FIRST
  }

  record Point(int x, double y) {}

  record OtherPoint(int x, double y) {}

  record Everything(
      String text,
      int number,
      long large,
      double real,
      float narrow,
      boolean flag,
      Order order,
      Optional<String> present,
      Optional<String> absent,
      List<Integer> list,
      Map<String, Long> map,
      Point point) {}

  @Test
  void textIsFramedSoThatBoundariesCount() {
    assertNotEquals(
        new KeyHasher("k").put("x", "ab").put("y", "c").digest(),
        new KeyHasher("k").put("x", "a").put("y", "bc").digest());
    assertNotEquals(digest(List.of("ab", "c")), digest(List.of("a", "bc")));
    assertNotEquals(
        new KeyHasher("k").put("ab", "c").digest(), new KeyHasher("k").put("a", "bc").digest());
    assertNotEquals(new KeyHasher("ab").digest(), new KeyHasher("a").digest());
  }

  @Test
  void valuesOfDifferentTypesNeverHashAlike() {
    List<Object> values =
        List.of(
            1,
            1.0,
            true,
            "1",
            "true",
            Order.FIRST,
            "FIRST",
            new byte[] {'1'},
            List.of(1),
            List.of(List.of(1)),
            Optional.of(1),
            Optional.empty(),
            List.of(),
            "",
            Map.of(),
            Map.of("x", 1),
            new Point(1, 1),
            new OtherPoint(1, 1));
    assertEquals(values.size(), values.stream().map(KeyHasherTest::digest).distinct().count());
  }

  @Test
  void equalNumbersHashAlikeWhateverTheirWidth() {
    assertEquals(digest(7), digest(7L));
    assertEquals(digest(0.5f), digest(0.5));
    assertNotEquals(digest(0.1f), digest(0.1));
  }

  @Test
  void negativeZeroIsZero() {
    assertEquals(digest(0.0), digest(-0.0));
    assertEquals(digest(0.0), digest(-0.0f));
    assertNotEquals(digest(0.0), digest(Double.MIN_VALUE));
  }

  @Test
  void nanIsRefusedWhereverItHides() {
    for (Object value :
        List.of(Double.NaN, Float.NaN, List.of(Double.NaN), new Point(1, Double.NaN))) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> digest(value));
      assertTrue(refused.getMessage().contains("NaN"), refused.getMessage());
    }
  }

  @Test
  void orderOfAMapDoesNotCountButOrderOfAListDoes() {
    Map<String, Integer> forward = new LinkedHashMap<>();
    Map<String, Integer> backward = new LinkedHashMap<>();
    List<String> names = List.of("a", "b", "c", "d");
    Stream.of(0, 1, 2, 3).forEach(i -> forward.put(names.get(i), i));
    Stream.of(3, 2, 1, 0).forEach(i -> backward.put(names.get(i), i));
    assertEquals(digest(forward), digest(backward));
    assertNotEquals(digest(List.of(1, 2)), digest(List.of(2, 1)));
  }

  @Test
  void valueWithoutEncodingIsRefusedByName() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new KeyHasher("k").put("when", new Object()));
    assertEquals("Cannot hash field when: no encoding for java.lang.Object", refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> digest(Map.of(1, 2)));
  }

  /**
   * A change of the framing would orphan every artifact in every store. The expected value comes
   * from {@code key_digest.py} in the resources of this test.
   */
  @Test
  void framingStaysAsItWas() {
    Everything value =
        new Everything(
            "größer",
            -1,
            1L << 40,
            0.1,
            0.5f,
            true,
            Order.FIRST,
            Optional.of("x"),
            Optional.empty(),
            List.of(1, 2, 3),
            Map.of("b", 2L, "a", 1L),
            new Point(3, -0.0));
    assertEquals(
        "8be89f5e0dd271af657b8f5c824a56e49e5f3f45ee8f58864ed9cc5144cff17f",
        new KeyHasher("test").put("value", value).put("raw", new byte[] {1, 2}).digest());
  }

  private static String digest(Object value) {
    return new KeyHasher("k").put("x", value).digest();
  }
}
