package partita.pipelines.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Places the boxes of a graph on a grid: first what comes before the iteration, in layers from left
 * to right; below it one row for each step of the iteration, a column for each link of its chain;
 * to the right of the rows what reads them. Edges that others imply are left out, which is what
 * keeps a chain of many rounds readable.
 */
final class GraphLayout {

  /** Part of the picture. */
  enum Zone {
    HEAD,
    ROUNDS,
    TAIL
  }

  /**
   * Where a box goes.
   *
   * @param column column of the whole grid, from 0
   * @param row row of the whole grid, from 0; the tail is centered on the rounds and may lie at
   *     half a row
   */
  record Cell(Zone zone, int column, double row) {}

  /** An edge between two boxes, by their ids. */
  record Edge(String from, String to) {}

  private final Map<String, StageBox> boxes = new LinkedHashMap<>();
  private final Map<String, Set<String>> ancestors = new HashMap<>();
  private final Map<String, Cell> cells = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();

  GraphLayout(List<StageBox> folded) {
    folded.forEach(box -> boxes.put(box.id(), box));
    boxes.keySet().forEach(id -> ancestors(id, new HashSet<>()));
    int headRows = place(Zone.HEAD, 0, 0);
    int[] rounds = placeRounds(headRows);
    double center = headRows + (rounds[0] - 1) / 2.0;
    placeTail(rounds[1], rounds[0] == 0 ? headRows : center);
    reduce();
  }

  Map<String, StageBox> boxes() {
    return boxes;
  }

  Map<String, Cell> cells() {
    return cells;
  }

  /** The edges that no other path implies. */
  List<Edge> edges() {
    return edges;
  }

  private Set<String> ancestors(String id, Set<String> path) {
    Set<String> known = ancestors.get(id);
    if (known != null) {
      return known;
    }
    if (!path.add(id)) {
      throw new IllegalArgumentException("Cannot draw the stages: " + id + " reads itself");
    }
    Set<String> above = new HashSet<>();
    for (String input : boxes.get(id).inputs()) {
      above.add(input);
      above.addAll(ancestors(input, path));
    }
    path.remove(id);
    ancestors.put(id, above);
    return above;
  }

  private Zone zone(String id) {
    if (boxes.get(id).name().iterated()) {
      return Zone.ROUNDS;
    }
    boolean after = ancestors.get(id).stream().anyMatch(in -> boxes.get(in).name().iterated());
    return after ? Zone.TAIL : Zone.HEAD;
  }

  /** Length of the longest chain of boxes above {@code id} that belong to {@code group}. */
  private int depth(String id, Set<String> group, Map<String, Integer> known) {
    Integer found = known.get(id);
    if (found == null) {
      found =
          boxes.get(id).inputs().stream()
              .filter(group::contains)
              .mapToInt(input -> depth(input, group, known) + 1)
              .max()
              .orElse(0);
      known.put(id, found);
    }
    return found;
  }

  private Set<String> members(Zone zone) {
    Set<String> members = new LinkedHashSet<>();
    boxes.keySet().stream().filter(id -> zone(id) == zone).forEach(members::add);
    return members;
  }

  /** Places a zone in layers; returns the number of rows it takes. */
  private int place(Zone zone, int firstColumn, double firstRow) {
    Map<Integer, List<String>> layers = layers(members(zone));
    layers.forEach(
        (layer, ids) -> {
          ids.sort(Comparator.comparingDouble(this::meanRowOfInputs));
          for (int i = 0; i < ids.size(); i++) {
            cells.put(ids.get(i), new Cell(zone, firstColumn + layer, firstRow + i));
          }
        });
    return layers.values().stream().mapToInt(List::size).max().orElse(0);
  }

  private void placeTail(int firstColumn, double center) {
    int rows = layers(members(Zone.TAIL)).values().stream().mapToInt(List::size).max().orElse(0);
    place(Zone.TAIL, firstColumn, center - Math.max(0, rows - 1) / 2.0);
  }

  private Map<Integer, List<String>> layers(Set<String> group) {
    Map<Integer, List<String>> layers = new TreeMap<>();
    Map<String, Integer> depths = new HashMap<>();
    for (String id : group) {
      layers.computeIfAbsent(depth(id, group, depths), layer -> new ArrayList<>()).add(id);
    }
    return layers;
  }

  private double meanRowOfInputs(String id) {
    return boxes.get(id).inputs().stream()
        .filter(cells::containsKey)
        .mapToDouble(input -> cells.get(input).row())
        .average()
        .orElse(0);
  }

  /** Places the iteration; returns how many rows and columns it takes. */
  private int[] placeRounds(int firstRow) {
    Map<Long, Set<String>> rounds = new TreeMap<>();
    for (String id : members(Zone.ROUNDS)) {
      rounds.computeIfAbsent(boxes.get(id).name().step(), s -> new LinkedHashSet<>()).add(id);
    }
    int row = 0;
    int columns = 0;
    for (Set<String> round : rounds.values()) {
      Map<Integer, List<String>> layers = layers(round);
      int height = 0;
      for (Map.Entry<Integer, List<String>> layer : layers.entrySet()) {
        for (int i = 0; i < layer.getValue().size(); i++) {
          Cell cell = new Cell(Zone.ROUNDS, layer.getKey(), firstRow + row + i);
          cells.put(layer.getValue().get(i), cell);
        }
        height = Math.max(height, layer.getValue().size());
        columns = Math.max(columns, layer.getKey() + 1);
      }
      row += height;
    }
    return new int[] {row, columns};
  }

  private void reduce() {
    for (StageBox box : boxes.values()) {
      for (String input : box.inputs()) {
        boolean implied =
            box.inputs().stream().anyMatch(other -> ancestors.get(other).contains(input));
        if (!implied) {
          edges.add(new Edge(input, box.id()));
        }
      }
    }
  }
}
