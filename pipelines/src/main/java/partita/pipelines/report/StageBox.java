package partita.pipelines.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import partita.pipelines.dag.StageStatus;

/**
 * What the graph shows as one box: a stage, or the stages that differ in their sampling seed only.
 *
 * @param name the stages' name without the seed
 * @param members the stages, at least one
 * @param inputs names of the boxes that this one reads
 */
record StageBox(StageName name, List<ReportModel.Stage> members, Set<String> inputs) {

  /** Folds stages into boxes, in the order in which they come. */
  static List<StageBox> fold(List<ReportModel.Stage> stages) {
    Map<String, List<ReportModel.Stage>> members = new LinkedHashMap<>();
    Set<String> known = stages.stream().map(ReportModel.Stage::name).collect(Collectors.toSet());
    for (ReportModel.Stage stage : stages) {
      members.computeIfAbsent(boxOf(stage.name()), box -> new ArrayList<>()).add(stage);
    }
    List<StageBox> boxes = new ArrayList<>();
    members.forEach(
        (box, folded) -> {
          Set<String> inputs = new LinkedHashSet<>();
          for (ReportModel.Stage stage : folded) {
            stage.inputs().stream().filter(known::contains).forEach(in -> inputs.add(boxOf(in)));
          }
          inputs.remove(box);
          boxes.add(new StageBox(StageName.parse(box), folded, inputs));
        });
    return boxes;
  }

  private static String boxOf(String stage) {
    return StageName.parse(stage).withoutSeed();
  }

  String id() {
    return name.withoutSeed();
  }

  /** Name of the only member, or what the members' names have in common. */
  String label() {
    return members.size() == 1 ? members.get(0).name() : id();
  }

  /** Name with the number of seeds it stands for. */
  String title() {
    return members.size() == 1 ? label() : label() + " ×" + members.size();
  }

  /** The status that a reader must not miss. */
  StageStatus status() {
    return members.stream()
        .map(ReportModel.Stage::status)
        .min((a, b) -> Integer.compare(weight(a), weight(b)))
        .orElseThrow();
  }

  private static int weight(StageStatus status) {
    return switch (status) {
      case FAILED -> 0;
      case INTERRUPTED -> 1;
      case RUNNING -> 2;
      case RAN -> 3;
      case PENDING -> 4;
      case SKIPPED -> 5;
      case CUT_OFF -> 6;
      case CACHED -> 7;
    };
  }

  /** Seconds of all members that ran, NaN when none did. */
  double seconds() {
    return sum(ReportModel.Stage::seconds);
  }

  /** Seconds that earlier runs took for the members, NaN when none did. */
  double earlierSeconds() {
    return sum(ReportModel.Stage::earlierSeconds);
  }

  private double sum(ToDoubleFunction<ReportModel.Stage> duration) {
    double[] known = members.stream().mapToDouble(duration).filter(Double::isFinite).toArray();
    return known.length == 0 ? Double.NaN : Arrays.stream(known).sum();
  }

  /** Duration in words, that of earlier runs in brackets; empty when there is none. */
  String durationText() {
    if (Double.isFinite(seconds())) {
      return " · " + NumberText.seconds(seconds());
    }
    return Double.isFinite(earlierSeconds())
        ? " (" + NumberText.seconds(earlierSeconds()) + ")"
        : "";
  }

  /** Status in words; how many of each when the members differ. */
  String statusText() {
    Map<StageStatus, Integer> counts = new EnumMap<>(StageStatus.class);
    members.forEach(stage -> counts.merge(stage.status(), 1, Integer::sum));
    if (counts.size() == 1) {
      return StatusMark.of(status()).word();
    }
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + StatusMark.of(entry.getKey()).word())
        .collect(Collectors.joining(", "));
  }
}
