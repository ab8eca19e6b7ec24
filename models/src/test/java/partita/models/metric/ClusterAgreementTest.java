package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterAgreementTest {

  static List<String> cases() throws IOException {
    try (InputStream in = ClusterAgreementTest.class.getResourceAsStream("agreement/cases.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void figuresEqualScikitLearn(String line) {
    String[] fields = line.split(";", -1);
    ClusterAgreement found = ClusterAgreement.of(labels(fields[1]), labels(fields[2]));
    assertEquals(Double.parseDouble(fields[3]), found.nmiArithmetic(), 1e-9, fields[0]);
    assertEquals(Double.parseDouble(fields[4]), found.nmiGeometric(), 1e-9, fields[0]);
    assertEquals(Double.parseDouble(fields[5]), found.purityByClusters(), 1e-12, fields[0]);
    assertEquals(Double.parseDouble(fields[6]), found.purityByClasses(), 1e-12, fields[0]);
  }

  @Test
  void aLabelingAgreesWithItselfExactly() {
    int[] labels = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    assertEquals(new ClusterAgreement(1, 1, 1, 1), ClusterAgreement.of(labels, labels));
  }

  @Test
  void labelsThatCannotBeComparedAreRefused() {
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ClusterAgreement.of(new int[] {0, 1}, new int[] {0, -1}));
    assertEquals(
        "Cannot compare clusters with classes: the class of row 1 is -1, expected 0 or more; leave out rows whose class is unknown",
        error.getMessage());
    error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ClusterAgreement.of(new int[] {0, 1}, new int[] {0}));
    assertEquals(
        "Cannot compare clusters with classes: found 2 and 1 labels, expected as many of both and at least one",
        error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ClusterAgreement.of(new int[0], new int[0]));
  }

  private static int[] labels(String text) {
    return Stream.of(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
