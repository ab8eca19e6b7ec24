package partita.pipelines.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import partita.pipelines.dag.BadInputException;

class RecordBinderTest {

  enum Preset {
    REFERENCE,
    PAPER_ONLY
  }

  record Train(int batchSize, double learningRate, Preset preset, List<Long> betas) {
    Train {
      if (batchSize < 1) {
        throw new IllegalArgumentException("batchSize is " + batchSize + ", expected at least 1");
      }
    }
  }

  record Experiment(long seed, Train train, Optional<String> note) {}

  private static final String VALID =
      "seed: 3\ntrain: {batchSize: 8, learningRate: 1, preset: paper-only, betas: [1, 2]}\n";

  @Test
  void everyKeyReachesItsComponent() {
    assertEquals(
        new Experiment(3, new Train(8, 1.0, Preset.PAPER_ONLY, List.of(1L, 2L)), Optional.empty()),
        bind(VALID));
  }

  @Test
  void unknownKeyNamesTheNearestValidOne() {
    assertMessage(
        VALID.replace("batchSize", "batchsize"),
        "unknown key 'train.batchsize'; did you mean 'train.batchSize'?");
  }

  @Test
  void allErrorsAreReportedAtOnce() {
    String message =
        assertMessage("train: {batchSize: 1.5, learningRate: fast, preset: papr, betas: 1}", "");
    for (String part :
        List.of(
            "missing key 'seed'",
            "'train.batchSize' is 1.5, expected a whole number",
            "'train.learningRate' is \"fast\", expected a number",
            "did you mean 'paper-only'?",
            "'train.betas' is 1, expected a list")) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void numberTooLongForALongIsRefusedInsteadOfWrapped() {
    assertMessage(
        VALID.replace("seed: 3", "seed: 99999999999999999999"),
        "'seed' is 99999999999999999999, expected a whole number");
  }

  @Test
  void valueInPlaceOfASectionNamesIt() {
    assertMessage("seed: 3\ntrain: 4\n", "'train' is 4, expected keys and values");
  }

  @Test
  void refusalOfARecordNamesItsSection() {
    assertMessage(
        VALID.replace("batchSize: 8", "batchSize: 0"),
        "'train': batchSize is 0, expected at least 1");
  }

  @Test
  void overridesReplaceSingleValuesAndTheLastOneWins() {
    ObjectNode tree =
        ExperimentTree.override(
            ExperimentTree.parse(VALID, "test"),
            List.of("train.batchSize=64", "note=ours", "train.batchSize=32"));
    Experiment bound = RecordBinder.bind(tree, Experiment.class, "test");
    assertEquals(32, bound.train().batchSize());
    assertEquals(Optional.of("ours"), bound.note());
  }

  @Test
  void childIsLaidOverItsParentKeyByKey() {
    ObjectNode merged =
        ExperimentTree.merge(
            ExperimentTree.parse(VALID, "parent"),
            ExperimentTree.parse("train: {batchSize: 2, betas: [5]}", "child"));
    Experiment bound = RecordBinder.bind(merged, Experiment.class, "test");
    assertEquals(new Train(2, 1.0, Preset.PAPER_ONLY, List.of(5L)), bound.train());
  }

  @Test
  void yamlThatCannotBeParsedNamesTheLine() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> ExperimentTree.parse("seed: 1\ntrain: {", "experiment mine.yaml"));
    assertTrue(e.getMessage().startsWith("Cannot read experiment mine.yaml: "), e.getMessage());
    assertTrue(e.getMessage().contains("at line "), e.getMessage());
  }

  enum Trained {
    OURS
  }

  enum Imported {
    THEIRS,
    YOUR_OWN
  }

  sealed interface Model permits Training, Import {}

  record Training(Trained network, int epochs) implements Model {}

  record Import(Imported network, String file) implements Model {}

  record Modeled(Model model) {}

  @Test
  void firstComponentChoosesAmongTheRecordsOfASealedInterface() {
    assertEquals(new Training(Trained.OURS, 2), model("model: {network: ours, epochs: 2}"));
    assertEquals(
        new Import(Imported.YOUR_OWN, "a.pth"), model("model: {network: your-own, file: a.pth}"));
    for (String[] wrong :
        new String[][] {
          {"model: {network: theirs, epochs: 2}", "unknown key 'model.epochs'"},
          {"model: {epochs: 2}", "missing key 'model.network', expected one of [ours, theirs,"},
          {"model: {network: yourown}", "did you mean 'your-own'?"},
          {"model: theirs", "missing key 'model.network'"}
        }) {
      BadInputException e = assertThrows(BadInputException.class, () -> model(wrong[0]));
      assertTrue(e.getMessage().contains(wrong[1]), e.getMessage());
    }
  }

  @Test
  void sectionOfAnotherKindReplacesThatOfTheParent() {
    ObjectNode parent = ExperimentTree.parse("model: {network: ours, epochs: 2}", "parent");
    ObjectNode same =
        ExperimentTree.override(parent, List.of("model.epochs=3", "model.network=ours"));
    assertEquals("{\"model\":{\"network\":\"ours\",\"epochs\":3}}", same.toString());
    ObjectNode other =
        ExperimentTree.override(parent, List.of("model.file=a.pth", "model.network=theirs"));
    assertEquals(
        new Modeled(new Import(Imported.THEIRS, "a.pth")),
        RecordBinder.bind(other, Modeled.class, "test"));
  }

  private static Model model(String yaml) {
    return RecordBinder.bind(ExperimentTree.parse(yaml, "test"), Modeled.class, "test").model();
  }

  private static Experiment bind(String yaml) {
    return RecordBinder.bind(ExperimentTree.parse(yaml, "test"), Experiment.class, "test");
  }

  private static String assertMessage(String yaml, String expected) {
    BadInputException e = assertThrows(BadInputException.class, () -> bind(yaml));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    return e.getMessage();
  }
}
