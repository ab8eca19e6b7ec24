package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.ClusterAgreement;
import partita.transforms.shard.ShardContext;

/**
 * Agreement of the clusters {@link #GENERATED} with the classes {@link #REAL}, both {@link Labels}
 * of the same rows.
 *
 * @param naming how the figures are named
 */
public record ClusterAgreementTask(Naming naming) implements GivenComparison {

  @Override
  public Figures figures(ShardContext context) throws IOException {
    Labels.requireSameRows(context, REAL, GENERATED);
    int[] classes = Labels.read(context, REAL);
    int[] clusters = Labels.read(context, GENERATED);
    ClusterAgreement agreement = ClusterAgreement.of(clusters, classes);
    return new Figures(naming, classes.length, clusters.length)
        .add("nmi(arithmetic)", "2 I / (H(clusters) + H(classes))", agreement.nmiArithmetic())
        .add("nmi(geometric)", "I / sqrt(H(clusters) H(classes))", agreement.nmiGeometric())
        .add("purity(clusters)", "largest class of each cluster", agreement.purityByClusters())
        .add("purity(classes)", "largest cluster of each class", agreement.purityByClasses());
  }
}
