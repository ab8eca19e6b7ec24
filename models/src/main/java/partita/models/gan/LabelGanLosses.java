package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.Map;
import partita.models.layer.Mode;
import partita.models.loss.CrossEntropyLoss;
import partita.models.loss.GradientPenalty;
import partita.models.loss.NonSaturatingLoss;
import partita.models.network.Condition;
import partita.models.op.TorchScript;
import partita.models.train.Losses;

/**
 * What the two networks minimize: the non-saturating loss, with the squared gradient at the real
 * samples (R1) where it has a weight. In a mixture of generators (Hoang et al., "MGAN: training
 * generative adversarial nets with multiple generators", ICLR 2018) D's update also learns which
 * generator made a fake sample, and the generators are to be told apart.
 */
final class LabelGanLosses {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def plus(self: __torch__.Ops, loss: Tensor, other: Tensor, weight: float) -> Tensor:
              return torch.add(loss, torch.mul(other, weight))
          """);

  private final LabelDiscriminator discriminator;
  private final LabelGanTraining training;
  private final boolean together;

  LabelGanLosses(LabelDiscriminator discriminator, LabelGanTraining training) {
    this.discriminator = discriminator;
    this.training = training;
    // With statistics of a batch, real and fake samples are batches of their own; and only real
    // samples are differentiated twice.
    this.together = training.r1Weight() == 0 && discriminator.buffers().isEmpty();
  }

  /** D's features of the fake samples, and its scores of both. */
  private record Judgment(NDArray real, NDArray fake, NDArray fakeFeatures) {}

  /**
   * The discriminator's loss. Watched are the mean scores {@code D.real} and {@code D.fake}, the
   * unweighted penalty {@code R1}, and the cross entropy {@code classifier} of a mixture.
   *
   * @param real samples {@code [N, ...]}
   * @param fake as many; no gradient goes through them
   * @param condition of both; labels of a mixture are those of the fake samples alone
   */
  Losses discriminator(NDArray real, NDArray fake, Condition condition) {
    Map<String, NDArray> watched = new LinkedHashMap<>();
    NDArray constant = fake.stopGradient();
    Judgment judgment;
    NDArray total;
    if (together) {
      judgment = together(real, constant, condition);
      total = NonSaturatingLoss.ofDiscriminator(judgment.real(), judgment.fake());
    } else {
      NDArray x = real.stopGradient();
      x.setRequiresGradient(training.r1Weight() > 0);
      judgment = apart(x, constant, condition);
      total = NonSaturatingLoss.ofDiscriminator(judgment.real(), judgment.fake());
      if (training.r1Weight() > 0) {
        NDArray penalty = GradientPenalty.of(judgment.real(), x);
        watched.put("R1", penalty);
        total = plus(total, penalty, training.r1Weight());
      }
    }
    watched.put("D.real", judgment.real().mean());
    watched.put("D.fake", judgment.fake().mean());
    if (discriminator instanceof GeneratorClassifier classifier) {
      NDArray error =
          CrossEntropyLoss.of(classifier.generators(judgment.fakeFeatures()), condition.labels());
      watched.put("classifier", error);
      total = total.add(error);
    }
    return new Losses(total, watched);
  }

  private Judgment together(NDArray real, NDArray fake, Condition condition) {
    NDArray features =
        discriminator.features(NDArrays.concat(new NDList(real, fake)), Mode.TRAINING);
    NDArray scores = discriminator.score(features, condition.concat(condition), Mode.TRAINING);
    NDList halves = scores.split(2);
    return new Judgment(halves.get(0), halves.get(1), features.split(2).get(1));
  }

  private Judgment apart(NDArray real, NDArray fake, Condition condition) {
    NDArray realFeatures = discriminator.features(real, Mode.TRAINING);
    NDArray realScores = discriminator.score(realFeatures, condition, Mode.TRAINING);
    NDArray fakeFeatures = discriminator.features(fake, Mode.TRAINING);
    NDArray fakeScores = discriminator.score(fakeFeatures, condition, Mode.TRAINING);
    return new Judgment(realScores, fakeScores, fakeFeatures);
  }

  /** The generator's loss on its samples {@code fake}, made with gradients recorded. */
  Losses generator(NDArray fake, Condition condition) {
    NDArray features = discriminator.features(fake, Mode.TRAINING);
    NDArray loss =
        NonSaturatingLoss.ofGenerator(discriminator.score(features, condition, Mode.TRAINING));
    if (discriminator instanceof GeneratorClassifier classifier) {
      NDArray error = CrossEntropyLoss.of(classifier.generators(features), condition.labels());
      loss = plus(loss, error, training.mixtureWeight());
    }
    return new Losses(loss, Map.of());
  }

  private static NDArray plus(NDArray loss, NDArray other, double weight) {
    return OPS.run(loss.getManager(), "plus", loss, other, weight);
  }
}
