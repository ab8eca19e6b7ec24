package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.embed.FidProtocol;
import partita.models.embed.ImageEmbedder;
import partita.models.embed.ImageNetPreparation;
import partita.models.embed.InputPreparation;
import partita.models.embed.PerceptualNetwork;
import partita.models.embed.PreparedNetwork;
import partita.models.embed.PretrainedWeights;
import partita.models.image.Image;
import partita.models.image.ImageDecoder;
import partita.models.metric.Bootstrap;
import partita.models.metric.CovarianceEstimate;
import partita.models.metric.FrechetDistance;
import partita.models.metric.InceptionScore;
import partita.models.metric.InceptionSplits;
import partita.models.metric.KernelDistance;
import partita.models.metric.Manifold;
import partita.models.metric.Moments;
import partita.models.metric.Prdc;
import partita.models.metric.PrecisionRecall;
import partita.models.network.PretrainedNetwork;
import partita.models.network.ResNet;
import partita.models.network.ResNetConfig;
import partita.models.network.SqueezeNet;
import partita.models.op.NativeThreads;
import partita.models.row.ArrayRows;
import partita.models.row.SelectedRows;
import partita.models.train.ImageSource;
import partita.models.train.NamedTensor;
import partita.models.train.NetworkWeights;
import partita.models.train.TensorRole;
import partita.models.weights.Safetensors;
import partita.models.weights.WeightFile;
import partita.schemas.artifact.Sha256;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableWriter;

/** The command {@code score}, from files to figures. */
class ScoreCommandTest {
  /** Images that the command embeds at a time: the last bits of a product depend on its rows. */
  private static final int BATCH = 32;

  private static final int WIDTH = 6;

  /** A ResNet of blocks 1, 1 with random weights and three classes. */
  private static final Path WEIGHTS =
      Path.of("../models/src/test/resources/partita/models/weights/resnet-classes-zip.pth");

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

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
  void protocolPreparesImagesAndTheNetworkMayBeAnArtifact() throws IOException {
    List<Path> real = images("real", 6, 8, 1);
    List<Path> generated = images("generated", 5, 8, 100);
    String[] words = {
      "--real=real", "--generated=generated", "--metrics=fid", "--protocol=clean-fid", ""
    };
    words[4] = "--network=" + WEIGHTS;
    JsonNode byFile = score(words).get("fid(resnet-1-1-width-2)");
    double distance =
        FrechetDistance.between(
                moments(embed(real, FidProtocol.CLEAN_FID).features()),
                moments(embed(generated, FidProtocol.CLEAN_FID).features()))
            .value();
    assertEquals(distance, byFile.path("value").asDouble(), 1e-9 * distance);
    assertEquals("clean-fid", byFile.path("protocol").asText());

    words[4] = "--network=score:weights";
    JsonNode byArtifact = score(words).get("fid(resnet-1-1-width-2)");
    assertEquals(byFile.path("value").asDouble(), byArtifact.path("value").asDouble());
  }

  @Test
  void perceptualDistanceIsOfImageIToImageI() throws IOException {
    List<Path> real = images("real", 3, 32, 1);
    List<Path> generated = images("generated", 3, 32, 100);
    SqueezeNet.Config squeezeNet = new SqueezeNet.Config(0);
    Path backbone = folder.resolve("squeezenet.safetensors");
    Path learned = folder.resolve("squeeze-lin.safetensors");
    double[] distances;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Random random = new Random(5);
      PretrainedNetwork network = squeezeNet.build(manager);
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      network.parameters().forEach((name, array) -> arrays.put(name, small(array, random)));
      safetensors(backbone, arrays);
      arrays.clear();
      List<String> layers = PerceptualNetwork.layers(squeezeNet).orElseThrow();
      for (int i = 0; i < layers.size(); i++) {
        Shape shape = new Shape(1, network.layers().get(layers.get(i)), 1, 1);
        arrays.put("lin%d.model.1.weight".formatted(i), small(manager.zeros(shape), random).abs());
      }
      safetensors(learned, arrays);
      try (WeightFile file = WeightFile.open(backbone);
          WeightFile linear = WeightFile.open(learned)) {
        NetworkWeights.load(network, squeezeNet.family(), PretrainedWeights.read(file, squeezeNet));
        distances =
            PerceptualNetwork.open(network, squeezeNet, linear)
                .distances(new Decoded(real, 32), new Decoded(generated, 32), 0, 3);
      }
    }
    double mean = (distances[0] + distances[1] + distances[2]) / 3;
    assertTrue(mean > 0, "distance");
    String lpips = "--lpips=" + backbone + "," + learned;
    JsonNode figure =
        score("--real=real", "--generated=generated", "--metrics=lpips", lpips)
            .get("lpips(squeezenet)");
    assertEquals(mean, figure.path("value").asDouble(), 1e-6 * mean, "float32 maps");
    assertEquals("lpips-v0.1", figure.path("protocol").asText());
    images("generated", 4, 32, 100);
    assertRefused(
        "it compares image i with image i",
        "--real=real",
        "--generated=generated",
        "--metrics=lpips",
        lpips);
    arrow("real.arrow", normal(20, 1, 0));
    assertRefused(
        "Cannot compute lpips of features: it needs the images",
        "--real=real.arrow",
        "--generated=real.arrow",
        "--metrics=lpips",
        lpips);
    assertRefused(
        "lin0.model.1.weight is missing",
        "--real=real",
        "--generated=real",
        "--metrics=lpips",
        "--lpips=" + backbone + "," + backbone);
  }

  private static NDArray small(NDArray like, Random random) {
    float[] values = new float[(int) like.size()];
    double scale = 2 / Math.sqrt((double) Math.max(1, like.size() / like.getShape().get(0)));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return like.getManager().create(values, like.getShape());
  }

  private static void safetensors(Path file, Map<String, NDArray> arrays) throws IOException {
    Safetensors.write(
        file,
        arrays.entrySet().stream()
            .map(entry -> NamedTensor.of(TensorRole.PARAMETER, entry.getKey(), entry.getValue()))
            .toList());
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
  void foldersOfImagesAreEmbeddedByTheNetworkOfAFile() throws IOException {
    List<Path> real = images("real", 14, 8, 1);
    List<Path> generated = images("generated/deeper", 12, 8, 100);
    Files.copy(real.get(3), folder.resolve("generated/copied.png"));
    Map<String, JsonNode> figures =
        score("--real=real", "--generated=generated", "--metrics=fid,is", "--network=" + WEIGHTS);

    List<Path> all = new ArrayList<>(List.of(folder.resolve("generated/copied.png")));
    all.addAll(generated);
    ImageEmbedder.Embedding one = embed(real);
    ImageEmbedder.Embedding other = embed(all);
    double distance =
        FrechetDistance.between(moments(one.features()), moments(other.features())).value();
    InceptionScore score =
        InceptionScore.ofLogits(new ArrayRows(other.logits(), 3), 10, InceptionSplits.CONTIGUOUS);
    JsonNode fid = figures.get("fid(resnet-1-1-width-2)");
    assertEquals(distance, fid.path("value").asDouble(), 1e-9 * distance);
    assertEquals("resnet-1-1-width-2 " + Sha256.of(WEIGHTS), fid.path("network").asText());
    JsonNode is = figures.get("is(resnet-1-1-width-2)");
    assertEquals(score.mean(), is.path("value").asDouble(), 1e-9);
    assertEquals(score.std(), is.path("std").asDouble(), 1e-9);
    List<String> warnings = new ArrayList<>();
    fid.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    assertTrue(
        warnings.contains("1 of the 13 images of generated are in real too, pixel for pixel"),
        warnings::toString);
    assertTrue(warnings.get(0).startsWith("13 rows are fewer than the 16 dimensions"));
  }

  @Test
  void resolutionsMayDifferBetweenSidesAndNotWithinOne() throws IOException {
    images("real", 4, 8, 1);
    images("generated", 4, 10, 2);
    String warning =
        score("--real=real", "--generated=generated", "--metrics=fid", "--network=" + WEIGHTS)
            .get("fid(resnet-1-1-width-2)")
            .path("warnings")
            .toString();
    assertTrue(warning.contains("resolutions differ: real has images of 8 x 8"), warning);

    Files.copy(folder.resolve("real/1000.png"), folder.resolve("generated/small.png"));
    assertRefused(
        "Cannot score images of different sizes",
        "--real=real",
        "--generated=generated",
        "--metrics=fid",
        "--network=" + WEIGHTS);
    score(
        "--real=real",
        "--generated=generated",
        "--metrics=fid",
        "--network=" + WEIGHTS,
        "--resize=9");
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

  @Test
  void setsThatCannotBeScoredAreRefusedAndNothingIsKept() throws IOException {
    arrow("real.arrow", normal(20, 1, 0));
    arrow("one.arrow", normal(1, 1, 0));
    Files.writeString(folder.resolve("text.arrow"), "no features at all");
    float[] holed = normal(20, 1, 0);
    holed[7 * WIDTH + 2] = Float.NaN;
    arrow("holed.arrow", holed);
    wide("wide.arrow");
    assertSet("Cannot score nowhere: there is no such folder or file", "nowhere");
    assertSet("Cannot score one.arrow: it has 1 row, expected at least 2", "one.arrow");
    assertSet("its first bytes are those of neither .npy nor Arrow IPC", "text.arrow");
    Files.copy(folder.resolve("real.arrow"), folder.resolve("false.npy"));
    assertSet("its name says NPY and its first bytes ARROW", "false.npy");
    float[] infinite = normal(20, 1, 0);
    infinite[5 * WIDTH] = Float.POSITIVE_INFINITY;
    npy("infinite.npy", infinite);
    assertSet("Cannot use row 5 of infinite.npy: value 0 is Infinity", "infinite.npy");
    assertSet("Cannot score features holed.arrow: row 7 has NaN at dimension 2", "holed.arrow");
    assertSet(
        "features have 7 and 6 dimensions, expected equal; use one network for both", "wide.arrow");
    images("images", 3, 8, 1);
    assertSet("one holds images and the other features", "images");
    assertRefused(
        "Cannot compute is: the features give no class scores",
        "--real=real.arrow",
        "--generated=real.arrow",
        "--metrics=is");
  }

  @Test
  void foldersThatCannotBeScoredAreRefusedAndNothingIsKept() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    images("one", 1, 8, 1);
    images("real", 4, 8, 1);
    assertFolder("empty: it holds no images", "empty");
    assertFolder("Cannot score one: it has 1 image, expected at least 2", "one");
    images("text", 2, 8, 1);
    Files.writeString(folder.resolve("text/false.png"), "no image");
    assertFolder("text/false.png: it is no image, expected PNG or JPEG", "text");
    images("clear", 2, 8, 1);
    write("clear/alpha.png", new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB));
    assertFolder("clear/alpha.png: it has transparency", "clear");
    images("deep", 2, 8, 1);
    write("deep/16.png", new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY));
    assertFolder("deep/16.png: it has 16 bits a channel", "deep");
    assertRefused(
        "Cannot score images without a network",
        "--real=real",
        "--generated=real",
        "--metrics=fid");
    Files.writeString(folder.resolve("weights.pth"), "none");
    assertRefused(
        "Cannot read weights weights.pth",
        "--real=real",
        "--generated=real",
        "--metrics=fid",
        "--network=" + folder.resolve("weights.pth"));
  }

  @Test
  void imageCutShortIsBadInputAndItsSetIsNotKept() throws IOException {
    images("real", 3, 8, 1);
    List<Path> generated = images("generated", 3, 8, 2);
    byte[] whole = Files.readAllBytes(generated.get(1));
    Files.write(generated.get(1), java.util.Arrays.copyOf(whole, whole.length / 2));
    int code = run("--real=real", "--generated=generated", "--metrics=fid", "--network=" + WEIGHTS);
    assertEquals(CommandLine.BAD_INPUT, code, this::err);
    assertTrue(err().startsWith("Cannot score image generated/1001.png: "), err());
    assertEquals(1, err().lines().count(), err());
  }

  @Test
  void grayImagesAndPhotosAreScoredAsColor() throws IOException {
    images("real", 4, 8, 1);
    Files.createDirectories(folder.resolve("gray"));
    for (int i = 0; i < 4; i++) {
      write("gray/" + i + ".png", new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY));
    }
    BufferedImage photo = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(photo, "jpg", folder.resolve("gray/photo.jpg").toFile());
    score("--real=real", "--generated=gray", "--metrics=fid", "--network=" + WEIGHTS);
  }

  @Test
  void namesThatAreNoneAreAnsweredWithTheNearest() throws IOException {
    arrow("real.arrow", normal(20, 1, 0));
    assertRefused(
        "Cannot use metric 'fdi': it does not exist; did you mean 'fid'?",
        "--real=real.arrow",
        "--generated=real.arrow",
        "--metrics=fdi");
    assertRefused(
        "Cannot use protocol 'cleanfid': it does not exist; did you mean 'clean-fid'?",
        "--real=real.arrow",
        "--generated=real.arrow",
        "--metrics=fid",
        "--protocol=cleanfid");
    assertRefused("Cannot score without a metric", "--real=real.arrow", "--generated=real.arrow");
    assertRefused("expected --real and --generated", "--real=real.arrow", "--metrics=fid");
  }

  private void assertSet(String message, String generated) throws IOException {
    assertRefused(message, "--real=real.arrow", "--generated=" + generated, "--metrics=fid");
  }

  private void assertFolder(String message, String generated) throws IOException {
    assertRefused(
        message,
        "--real=real",
        "--generated=" + generated,
        "--metrics=fid",
        "--network=" + WEIGHTS);
  }

  /** One sentence, exit code 2 and no artifact more than before. */
  private void assertRefused(String message, String... words) throws IOException {
    long before = artifacts();
    assertEquals(CommandLine.BAD_INPUT, run(words), () -> out() + err());
    assertTrue(err().contains(message), err());
    assertEquals(1, err().lines().count(), err());
    assertEquals(before, artifacts());
  }

  private long artifacts() throws IOException {
    Path manifests = folder.resolve("artifacts/manifests");
    if (!Files.isDirectory(manifests)) {
      return 0;
    }
    try (Stream<Path> found = Files.walk(manifests)) {
      return found.filter(Files::isRegularFile).count();
    }
  }

  private double fid(String generated) throws IOException {
    return value(
        score("--real=real.arrow", "--generated=" + generated, "--metrics=fid"),
        "fid(unnamed features)");
  }

  private static double value(Map<String, JsonNode> figures, String metric) {
    JsonNode figure = figures.get(metric);
    assertFalse(figure == null, () -> metric + " is not in " + figures.keySet());
    return figure.path("value").asDouble();
  }

  /** Figures by their names, those of which there are two followed by their definitions. */
  private Map<String, JsonNode> score(String... words) throws IOException {
    Path file = folder.resolve("figures.json");
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json=" + file);
    assertEquals(CommandLine.OK, run(all.toArray(String[]::new)), () -> out() + err());
    Map<String, JsonNode> figures = new LinkedHashMap<>();
    JsonNode list = new ObjectMapper().readTree(shown(Files.readString(file)));
    list.forEach(
        figure -> {
          String name = figure.path("metric").asText();
          JsonNode earlier = figures.remove(name);
          String definition = " " + figure.path("definition").asText();
          if (earlier != null) {
            figures.put(name + " " + earlier.path("definition").asText(), earlier);
          }
          figures.put(earlier == null ? name : name + definition, figure);
        });
    return figures;
  }

  /** Runs the command; names of sides are those of files below the test's folder. */
  private int run(String... words) {
    out.reset();
    err.reset();
    ToyExperiments toy = new ToyExperiments();
    List<String> all = new ArrayList<>(List.of("score"));
    for (String word : words) {
      all.add(word);
    }
    all.add("--artifacts=" + folder.resolve("artifacts"));
    all.add("--runner=DirectRunner");
    all.add("--parallelism=1");
    all.add("--threads=1");
    all.replaceAll(this::absolute);
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new CommandLine(toy, toy, ToyMain.class.getName(), print, errors).run(all);
  }

  private String absolute(String word) {
    for (String side : List.of("--real=", "--generated=")) {
      if (word.startsWith(side)) {
        List<String> sets = new ArrayList<>();
        for (String set : word.substring(side.length()).split(",", -1)) {
          Path file = folder.resolve(set.contains(":") ? "none" : set);
          sets.add(Files.exists(file) ? file.toString() : set);
        }
        return side + String.join(",", sets);
      }
    }
    return word;
  }

  /** What was printed, the test's folder left out of names. */
  private String out() {
    return shown(out.toString(StandardCharsets.UTF_8));
  }

  private String err() {
    return shown(err.toString(StandardCharsets.UTF_8));
  }

  private String shown(String text) {
    return text.replace(folder + "/", "");
  }

  private static float[] normal(int rows, long seed, double shift) {
    Random random = new Random(seed);
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() + shift);
    }
    return values;
  }

  private void arrow(String name, float[] values) throws IOException {
    arrow(name, values, WIDTH);
  }

  /** As {@code numpy.save} writes a float64 matrix in C order. */
  private void npy(String name, float[] values) throws IOException {
    String header =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(values.length / WIDTH, WIDTH);
    ByteBuffer bytes = ByteBuffer.allocate(128 + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
    bytes.put(
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    for (float value : values) {
      bytes.putDouble(value);
    }
    Files.write(folder.resolve(name), bytes.array());
  }

  private void wide(String name) throws IOException {
    arrow(name, new float[7 * 20], 7);
  }

  private void arrow(String name, float[] values, int width) throws IOException {
    int rows = values.length / width;
    try (TableWriter writer =
        TableWriter.create(folder.resolve(name), "features", FeatureTable.schema(width), 16)) {
      writer.append(rows, LongStream.range(0, rows).toArray(), values);
      writer.commit();
    }
  }

  private List<Path> images(String name, int count, int side, long seed) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < side * side; pixel++) {
        image.setRGB(pixel % side, pixel / side, random.nextInt(1 << 24));
      }
      files.add(write("%s/%d.png".formatted(name, 1000 + i), image));
    }
    return files;
  }

  private Path write(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static Moments moments(float[] features) {
    return Moments.of(new ArrayRows(features, 16));
  }

  private static ImageEmbedder.Embedding embed(List<Path> files) throws IOException {
    return embed(files, ImageNetPreparation.STANDARD);
  }

  private static ImageEmbedder.Embedding embed(List<Path> files, InputPreparation preparation)
      throws IOException {
    ResNetConfig config = new ResNetConfig(List.of(1, 1), 2, 3);
    NativeThreads.set(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        WeightFile file = WeightFile.open(WEIGHTS)) {
      ResNet network = new ResNet(manager, config);
      NetworkWeights.load(network, config.family(), PretrainedWeights.read(file, config));
      PreparedNetwork embedder = new PreparedNetwork(network, preparation);
      return new ImageEmbedder(embedder, "avgpool", BATCH)
          .embed(new Decoded(files, 8), 0, files.size(), false);
    }
  }

  /** Images of files, decoded when they are asked for. */
  private record Decoded(List<Path> files, int side) implements ImageSource {
    @Override
    public long rows() {
      return files.size();
    }

    @Override
    public int channels() {
      return 3;
    }

    @Override
    public int height() {
      return side;
    }

    @Override
    public int width() {
      return side;
    }

    @Override
    public void gather(long[] rows, ByteBuffer target) throws IOException {
      for (long row : rows) {
        Image image = ImageDecoder.decode(Files.readAllBytes(files.get((int) row)));
        target.put(image.pixels());
      }
    }
  }
}
