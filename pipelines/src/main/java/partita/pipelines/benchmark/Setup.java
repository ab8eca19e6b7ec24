package partita.pipelines.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row in a group of columns: one training, repeated with other seeds, measures all its figures.
 *
 * @param benchmark the table
 * @param row name of the row
 * @param method the row
 * @param group name of the group
 */
public record Setup(Benchmark benchmark, String row, Benchmark.Row method, String group) {

  /** The group of columns. */
  public Benchmark.Group columns() {
    return benchmark.groups().get(group);
  }

  private Benchmark.RowGroup figures() {
    return method.groups().get(group);
  }

  /** As a person calls it, {@code gan ring}. */
  public String name() {
    return row + " " + group;
  }

  /** What the paper prints in a column. */
  public PaperFigure paper(String column) {
    return PaperFigure.parse(figures().paper().get(column));
  }

  /** Overrides that make the group's experiment this row, those of the group last. */
  List<String> overrides() {
    List<String> overrides = new ArrayList<>(method.set().orElse(List.of()));
    overrides.addAll(figures().set().orElse(List.of()));
    return overrides;
  }

  /** What cannot be had, a sentence each. */
  List<String> lacks(String device, boolean resized) {
    return Stream.of(columns().needs(), figures().needs())
        .flatMap(needs -> needs.orElse(List.of()).stream())
        .filter(need -> !need.met(device, resized))
        .map(Need::what)
        .toList();
  }

  /** Seed of a trial, which is counted from 1. */
  long seed(int trial) {
    return benchmark.firstSeed() + trial - 1;
  }
}
