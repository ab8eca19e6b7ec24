package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import partita.models.metric.Bootstrap;
import partita.models.metric.CovarianceEstimate;
import partita.models.metric.FrechetDistance;
import partita.models.metric.KernelDistance;
import partita.models.metric.Manifold;
import partita.models.metric.Moments;
import partita.models.metric.Prdc;
import partita.models.metric.PrecisionRecall;
import partita.models.row.ArrayRows;
import partita.models.row.SelectedRows;

/** The figures of files of features that the command {@code score} gives. */
class ScoreFiguresTest extends ScoreFixture {
  @Test
  void figuresOfFeatureFilesAreThoseOfTheMetricsThemselves() throws IOException {
    float[] real = normal(40, 1, 0);
    float[] generated = normal(30, 2, 0.5);
    arrow("real.arrow", real);
    arrow("generated.arrow", generated);
    Map<String, JsonNode> figures =
        score("--real=real.arrow", "--generated=generated.arrow", "--metrics=prdc,fid,pr");

    ArrayRows one = new ArrayRows(real, WIDTH);
    ArrayRows other = new ArrayRows(generated, WIDTH);
    double distance = FrechetDistance.between(Moments.of(one), Moments.of(other)).value();
    PrecisionRecall improved = PrecisionRecall.of(Manifold.of(one, 3), Manifold.of(other, 3));
    Prdc prdc = Prdc.of(Manifold.of(one, 5), Manifold.of(other, 5));
    assertEquals(distance, value(figures, "fid(unnamed features)"));
    assertEquals(improved.precision(), value(figures, "precision(unnamed features) k = 3, <="));
    assertEquals(improved.recall(), value(figures, "recall(unnamed features) k = 3, <="));
    assertEquals(prdc.precision(), value(figures, "precision(unnamed features) k = 5, <"));
    assertEquals(prdc.density(), value(figures, "density(unnamed features)"));
    assertEquals(prdc.coverage(), value(figures, "coverage(unnamed features)"));
    JsonNode fid = figures.get("fid(unnamed features)");
    assertEquals(40, fid.path("realCount").asLong());
    assertEquals(30, fid.path("generatedCount").asLong());
    assertEquals("unnamed features", fid.path("network").asText());
    assertTrue(fid.path("std").isNull());
    assertEquals(
        "unnamed features is not the network of any published protocol: the figures compare only with others of this network",
        fid.path("warnings").get(0).asText());
  }

  @Test
  void matricesOfNumpyAreFeaturesTooAndTheProtocolSaysWhichCovariance() throws IOException {
    float[] real = normal(40, 1, 0);
    float[] generated = normal(30, 2, 0.5);
    npy("real.npy", real);
    npy("generated.npy", generated);
    Map<String, JsonNode> figures =
        score(
            "--real=real.npy",
            "--generated=generated.npy",
            "--metrics=fid,kid",
            "--protocol=stylegan2-ada",
            "--bootstrap=5");

    ArrayRows one = new ArrayRows(real, WIDTH);
    ArrayRows other = new ArrayRows(generated, WIDTH);
    Moments moments = Moments.of(one);
    JsonNode fid = figures.get("fid(unnamed features)");
    assertEquals(
        FrechetDistance.between(moments, Moments.of(other), CovarianceEstimate.POPULATION).value(),
        fid.path("value").asDouble());
    assertEquals("stylegan2-ada", fid.path("protocol").asText());
    assertEquals("covariance / n", fid.path("definition").asText());
    Bootstrap interval =
        Bootstrap.of(
            30,
            5,
            0.95,
            0,
            drawn ->
                FrechetDistance.between(
                        moments,
                        Moments.of(new SelectedRows(other, drawn)),
                        CovarianceEstimate.POPULATION)
                    .value());
    assertEquals(interval.low(), fid.path("low").asDouble());
    assertEquals(interval.high(), fid.path("high").asDouble());
    KernelDistance kernel = KernelDistance.ofSubsets(one, other, 100, 30, 2020);
    JsonNode kid = figures.get("kid(unnamed features)");
    assertEquals(kernel.value(), kid.path("value").asDouble());
    assertEquals(kernel.std(), kid.path("std").asDouble());
    assertEquals("100 subsets of 30", kid.path("definition").asText());
    assertTrue(kid.path("low").isNull(), kid::toString);
  }

  @Test
  void featuresAreNamedByWhatTheUserSaysTheyAre() throws IOException {
    arrow("real.arrow", normal(20, 1, 0));
    arrow("generated.arrow", normal(20, 2, 0));
    Map<String, JsonNode> figures =
        score(
            "--real=real.arrow",
            "--generated=generated.arrow",
            "--metrics=fid",
            "--network=dinov2-vit-b");
    assertEquals(List.of("fid(dinov2-vit-b)"), List.copyOf(figures.keySet()));
  }

  @Test
  void secondTimeNothingRunsAndAnotherMetricReadsWhatIsThere() throws IOException {
    arrow("real.arrow", normal(20, 1, 0));
    arrow("generated.arrow", normal(20, 2, 0));
    score("--real=real.arrow", "--generated=generated.arrow", "--metrics=fid");
    long before = artifacts();
    score("--real=real.arrow", "--generated=generated.arrow", "--metrics=fid");
    assertEquals(before, artifacts());
    score("--real=real.arrow", "--generated=generated.arrow", "--metrics=fid,pr");
    assertEquals(before + 3, artifacts(), "radii of both sets, and the figures");
  }

  @Test
  void severalGeneratedSetsGiveMeanAndDeviation() throws IOException {
    arrow("real.arrow", normal(20, 1, 0));
    arrow("a.arrow", normal(20, 2, 0));
    arrow("b.arrow", normal(18, 3, 0.2));
    double a = fid("a.arrow");
    double b = fid("b.arrow");
    JsonNode both =
        score("--real=real.arrow", "--generated=a.arrow,b.arrow", "--metrics=fid")
            .get("fid(unnamed features)");
    assertEquals((a + b) / 2, both.path("value").asDouble(), 1e-12);
    assertEquals(Math.abs(a - b) / Math.sqrt(2), both.path("std").asDouble(), 1e-12);
    assertEquals(18, both.path("generatedCount").asLong());
  }

  @Test
  void artifactsOfARunAreSidesToo() throws IOException {
    arrow("real.arrow", normal(20, 1, 0));
    arrow("a.arrow", normal(20, 2, 0));
    arrow("b.arrow", normal(20, 3, 0));
    double a = fid("a.arrow");
    double b = fid("b.arrow");
    score("--real=real.arrow", "--generated=a.arrow,b.arrow", "--metrics=fid");
    JsonNode both =
        score(
                "--real=score:features@real",
                "--generated=score:features@generated:all",
                "--metrics=fid")
            .get("fid(unnamed features)");
    assertEquals((a + b) / 2, both.path("value").asDouble(), 1e-12);
    assertRefused(
        "Cannot use stage 'features@rael': it does not exist; did you mean 'features@real'?",
        "--real=score:features@rael",
        "--generated=a.arrow",
        "--metrics=fid");
    assertRefused(
        "Cannot find 0123456789: 0 artifacts",
        "--real=0123456789",
        "--generated=a.arrow",
        "--metrics=fid");
  }

  @Test
  void tableShowsFiguresAndWarnings() throws IOException {
    arrow("real.arrow", normal(20, 1, 0));
    arrow("generated.arrow", normal(20, 2, 0));
    Path table = folder.resolve("figures.arrow");
    assertEquals(
        CommandLine.OK,
        run(
            "--real=real.arrow",
            "--generated=generated.arrow",
            "--metrics=fid",
            "--arrow=" + table),
        this::err);
    assertTrue(out().contains("metric"), out());
    assertTrue(out().contains("fid(unnamed features)"), out());
    assertTrue(out().contains("Warning: unnamed features is not the network"), out());
    assertTrue(Files.size(table) > 0);
  }

  private double fid(String generated) throws IOException {
    return value(
        score("--real=real.arrow", "--generated=" + generated, "--metrics=fid"),
        "fid(unnamed features)");
  }
}
