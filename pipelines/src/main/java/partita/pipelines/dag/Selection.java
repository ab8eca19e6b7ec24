package partita.pipelines.dag;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which stages may run. Each part holds stage names or families and is empty when not given. A
 * stage that is left out is still read when its artifact is there.
 *
 * @param from these and whatever reads them, directly or not
 * @param until these and whatever they read, directly or not
 * @param only these alone
 * @param force these run even though their artifacts are there
 */
public record Selection(
    List<String> from, List<String> until, List<String> only, List<String> force) {

  /** Every stage may run, none is forced. */
  public static final Selection ALL = new Selection(List.of(), List.of(), List.of(), List.of());

  public Selection {
    from = List.copyOf(from);
    until = List.copyOf(until);
    only = List.copyOf(only);
    force = List.copyOf(force);
  }

  /** Names of the stages that may run. */
  public Set<String> names(StageGraph graph) {
    Set<String> selected = new HashSet<>(graph.names());
    if (!from.isEmpty()) {
      selected.retainAll(downstream(graph, matching(graph, from)));
    }
    if (!until.isEmpty()) {
      selected.retainAll(upstream(graph, matching(graph, until)));
    }
    if (!only.isEmpty()) {
      selected.retainAll(matching(graph, only));
    }
    return selected;
  }

  /**
   * Names of the stages to run anew.
   *
   * @throws BadInputException when one of them may not run
   */
  public Set<String> forced(StageGraph graph) {
    Set<String> forced = matching(graph, force);
    Set<String> leftOut = new TreeSet<>(forced);
    leftOut.removeAll(names(graph));
    if (!leftOut.isEmpty()) {
      throw new BadInputException(
          "Cannot force %s: --from, --until or --only leave it out; select it or do not force it"
              .formatted(String.join(", ", leftOut)));
    }
    return forced;
  }

  private static Set<String> matching(StageGraph graph, List<String> patterns) {
    Set<String> names = new HashSet<>();
    patterns.forEach(pattern -> names.addAll(graph.matching(pattern)));
    return names;
  }

  private static Set<String> downstream(StageGraph graph, Set<String> seeds) {
    Set<String> reached = new HashSet<>(seeds);
    for (Stage stage : graph.stages()) {
      if (stage.inputs().values().stream().anyMatch(input -> reached.contains(input.name()))) {
        reached.add(stage.name());
      }
    }
    return reached;
  }

  private static Set<String> upstream(StageGraph graph, Set<String> seeds) {
    Set<String> reached = new HashSet<>(seeds);
    List<Stage> stages = graph.stages();
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (reached.contains(stages.get(i).name())) {
        stages.get(i).inputs().values().forEach(input -> reached.add(input.name()));
      }
    }
    return reached;
  }
}
