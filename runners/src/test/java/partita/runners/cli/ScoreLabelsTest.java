package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.models.metric.ClusterAgreement;
import partita.models.metric.ModeCoverage;
import partita.models.metric.StratifiedFrechet;
import partita.models.metric.StratifiedFrechet.Boundaries;
import partita.models.metric.StratifiedFrechet.Stratum;
import partita.models.row.ArrayRows;
import partita.models.synthetic.GaussianMixture;

/** The figures of labels, of points, and of features with labels. */
class ScoreLabelsTest extends ScoreFixture {

  @Test
  void clustersAreComparedWithClassesInBothReadings() throws IOException {
    int[] classes = {0, 0, 1, 1, 2, 2};
    int[] clusters = {5, 5, 5, 1, 1, 2};
    labels("classes.npy", classes);
    labels("clusters.npy", clusters);
    Map<String, JsonNode> figures =
        score("--real=classes.npy", "--generated=clusters.npy", "--metrics=nmi,purity");

    ClusterAgreement agreement = ClusterAgreement.of(clusters, classes);
    assertEquals(agreement.nmiArithmetic(), value(figures, "nmi(arithmetic)"));
    assertEquals(agreement.nmiGeometric(), value(figures, "nmi(geometric)"));
    assertEquals(4 / 6.0, value(figures, "purity(clusters)"), 1e-12);
    assertEquals(4, figures.size());
    JsonNode figure = figures.values().iterator().next();
    assertEquals(6, figure.path("generatedCount").asInt());
    assertEquals("", figure.path("network").asText());

    labels("short.npy", 1, 2);
    assertRefused(
        "Cannot compare labels short.npy with classes.npy: they are 2 and 6",
        "--real=classes.npy",
        "--generated=short.npy",
        "--metrics=nmi");
    npy("matrix.npy", normal(4, 1, 0));
    assertRefused(
        "Cannot read labels matrix.npy: it is npy float64 [4, 6], expected .npy of whole numbers",
        "--real=classes.npy",
        "--generated=matrix.npy",
        "--metrics=nmi");
    labels("unknown.npy", 0, 0, 0, 0, -1, 0);
    assertRefused(
        "the cluster of row 4 is -1",
        "--real=classes.npy",
        "--generated=unknown.npy",
        "--metrics=purity");
  }

  @Test
  void columnOfAnArtifactLabelsItsRows() throws IOException {
    images("real", 3, 8, 1);
    score("--real=real", "--generated=real", "--metrics=fid", "--network=" + WEIGHTS);
    labels("clusters.npy", 0, 1, 2);
    assertRefused(
        "holds no labels",
        "--real=score:features@real",
        "--generated=clusters.npy",
        "--metrics=nmi");
    int code = run("--real=score:images@real", "--generated=clusters.npy", "--metrics=nmi");
    assertEquals(CommandLine.BAD_INPUT, code);
    assertTrue(err().contains("the class of row 0 is -1"), "images of no class: " + err());
  }

  @Test
  void attributesCountByWhatWasAskedFor() throws IOException {
    labels("wanted.npy", 0, 0, 0, 1, 2);
    labels("found.npy", 0, 0, 1, 1, 0);
    Map<String, JsonNode> figures =
        score("--real=wanted.npy", "--generated=found.npy", "--metrics=attribute-accuracy");
    String name = "attribute-accuracy share of ";
    assertEquals(0.6, value(figures, name + "all samples"), 1e-12);
    assertEquals(2 / 3.0, value(figures, name + "the samples asked for 0"), 1e-12);
    assertEquals(0, value(figures, name + "the samples asked for 2"));
    JsonNode asked = figures.get(name + "the samples asked for 0");
    assertEquals(3, asked.path("realCount").asInt());
  }

  @Test
  void modesAreOfLabelsOrOfPoints() throws IOException {
    labels("predicted.npy", 0, 0, 3, 3);
    Map<String, JsonNode> figures =
        score("--generated=predicted.npy", "--metrics=modes,reverse-kl", "--classes=4");
    assertEquals(2, value(figures, "modes"));
    assertEquals(Math.log(2), value(figures, "reverse-kl(ln)"), 1e-12);
    assertEquals(Math.log10(2), value(figures, "reverse-kl(log10)"), 1e-12);

    float[] points = {1, 0, -1, 0.001f, 5, 5};
    npy("points.npy", points, 2);
    ModeCoverage coverage = ModeCoverage.of(new ArrayRows(points, 2), GaussianMixture.ring(1));
    figures =
        score(
            "--generated=points.npy",
            "--metrics=modes,reverse-kl,high-quality",
            "--mixture=ring-paper");
    assertEquals(2, value(figures, "modes"));
    assertEquals(coverage.nearest().reverseKl(), value(figures, "reverse-kl(ln)"));
    assertEquals(200 / 3.0, value(figures, "high-quality(box)"), 1e-9);
    assertRefused(
        "sample 2 is of mode 3, expected 0 to 2",
        "--generated=predicted.npy",
        "--metrics=modes",
        "--classes=3");
    assertRefused(
        "Cannot use --real with modes: no reference takes part",
        "--real=predicted.npy",
        "--generated=predicted.npy",
        "--metrics=modes",
        "--classes=4");
    assertRefused("expected --classes=N for labels", "--generated=points.npy", "--metrics=modes");
    assertRefused(
        "Cannot read rows of predicted.npy: it holds int64 [4]",
        "--generated=predicted.npy",
        "--metrics=modes",
        "--mixture=grid");
    assertRefused(
        "Cannot compute high-quality: expected --mixture=NAME",
        "--generated=points.npy",
        "--metrics=high-quality");
  }

  @Test
  void strataHaveTheBoundariesOfPaperAndCode() throws IOException {
    float[] real = normal(24, 1, 0);
    float[] generated = normal(24, 2, 0.3);
    int[] classes = IntStream.range(0, 24).map(i -> i % 3).toArray();
    int[] counts = {100, 50, 5};
    npy("real.npy", real);
    npy("generated.npy", generated);
    labels("classes.npy", classes);
    labels("counts.npy", counts);
    String[] words = {
      "--real=real.npy",
      "--generated=generated.npy",
      "--metrics=fid-stratified",
      "--labels=classes.npy,classes.npy",
      "--classCounts=counts.npy"
    };
    Map<String, JsonNode> figures = score(words);
    for (Boundaries boundaries : Boundaries.values()) {
      StratifiedFrechet.of(
              new ArrayRows(real, WIDTH),
              classes,
              new ArrayRows(generated, WIDTH),
              classes,
              counts,
              boundaries)
          .distances()
          .forEach(
              (stratum, distance) -> assertStratum(figures, boundaries, stratum, distance.value()));
    }
    assertEquals(5, figures.size(), "the paper's strata have no class of many images");
    JsonNode few = figures.get(figures.keySet().stream().toList().get(4));
    assertEquals(8, few.path("realCount").asInt(), "one class of three is rare");
    assertEquals(8, few.path("generatedCount").asInt());

    labels("counts.npy", 100, 50, 5, 500);
    assertRefused("has 0 images of the stratum 'many', expected at least 2", words);
    labels("counts.npy", 100, -50, 5, 500);
    assertRefused("class 1 has -50 training images, expected at least 0", words);
    labels("counts.npy", counts);

    labels("classes.npy", 0, 1);
    assertRefused("they are 2, expected 24, one of each row", words);
    words[3] = "--labels=generated.npy,generated.npy";
    assertRefused("expected .npy of whole numbers", words);
    words[3] = "--labels=absent.npy,generated.npy";
    assertRefused("Cannot read labels absent.npy: there is no such file", words);
    assertRefused(
        "Cannot read features absent.npy: there is no such file",
        "--generated=absent.npy",
        "--metrics=modes",
        "--mixture=grid");
    words[3] = "--protocol=pytorch-fid";
    assertRefused("Cannot compute fid-stratified: expected --labels=REAL,GENERATED", words);
  }

  private static void assertStratum(
      Map<String, JsonNode> figures, Boundaries boundaries, Stratum stratum, double expected) {
    String name = "fid-" + stratum.name().toLowerCase(java.util.Locale.ROOT);
    String of = boundaries == Boundaries.PAPER ? "paper's strata" : "code's strata";
    double found =
        figures.values().stream()
            .filter(figure -> figure.path("metric").asText().equals(name + "(unnamed features)"))
            .filter(figure -> figure.path("definition").asText().startsWith(of))
            .mapToDouble(figure -> figure.path("value").asDouble())
            .findFirst()
            .orElseThrow();
    assertEquals(expected, found, 1e-12 + 1e-9 * Math.abs(expected), name + of);
  }
}
