package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.pipelines.report.ReportModel.Cloud;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Round;
import partita.pipelines.report.ReportModel.Scatter;

/**
 * Points in the plane: a small picture for each round, and the last round large. Where real points
 * have clusters they get a picture of their own, in the colors of their clusters; the generated
 * points are drawn over the real ones, which are gray there.
 */
final class ScatterSection {
  /** Points of either kind in a small picture. */
  static final int SMALL_POINTS = 600;

  /** Swatch of a cloud in many colors. */
  private static final String MANY = "many";

  private final Scatter scatter;
  private final ScatterBounds bounds;
  private final boolean clustered;

  private ScatterSection(Scatter scatter) {
    this.scatter = scatter;
    bounds = ScatterBounds.of(scatter);
    clustered =
        scatter.rounds().stream()
            .flatMap(round -> round.clouds().stream())
            .anyMatch(cloud -> cloud.origin() == Origin.REAL && cloud.clustered());
  }

  static Tag draw(Scatter scatter) {
    return new ScatterSection(scatter).figure();
  }

  private Tag figure() {
    Tag caption =
        Tag.of("figcaption")
            .add(
                Tag.of("h3").text(scatter.title()),
                Tag.of("p", "muted").text(scatter.caption() + colors()));
    Tag figure = Tag.of("figure", "points-by-round").add(caption);
    if (scatter.rounds().size() > 1) {
      figure.add(rounds());
    }
    return figure.add(last(scatter.rounds().get(scatter.rounds().size() - 1)));
  }

  private String colors() {
    boolean labeled =
        scatter.rounds().stream()
            .flatMap(round -> round.clouds().stream())
            .anyMatch(Cloud::clustered);
    if (!labeled) {
      return "";
    }
    String generated =
        " A generated point has the color of the label it was conditioned on, the same in every"
            + " picture.";
    return clustered ? generated + " A real point has that of its cluster." : generated;
  }

  private Tag rounds() {
    Tag row = Tag.of("div", "rounds").with("style", "--rounds:" + scatter.rounds().size());
    for (Round round : scatter.rounds()) {
      Tag column = Tag.of("div", "round").add(Tag.of("div", "round-title").text(round.title()));
      if (clustered) {
        column.add(small(round, "real points").byCluster(real(round), SMALL_POINTS).draw());
      }
      row.add(column.add(generated(small(round, "generated points"), round, SMALL_POINTS)));
    }
    return Tag.of("div", "scroll").with("tabindex", "0").add(row);
  }

  private ScatterSvg small(Round round, String what) {
    return ScatterSvg.small(bounds, what + ", " + round.title());
  }

  private Tag last(Round round) {
    Tag pictures = Tag.of("div", "charts");
    if (clustered) {
      Cloud real = real(round);
      pictures.add(
          large(
              "Real points by cluster",
              round,
              List.of(entry(real, MANY)),
              ScatterSvg.large(bounds, "real points").byCluster(real, Integer.MAX_VALUE).draw()));
    }
    List<Tag> legend = new ArrayList<>();
    for (Cloud cloud : round.clouds()) {
      boolean many = cloud.origin() == Origin.GENERATED && cloud.clustered();
      legend.add(entry(cloud, many ? MANY : ScatterSvg.style(cloud)));
    }
    boolean generated =
        round.clouds().stream().anyMatch(cloud -> cloud.origin() == Origin.GENERATED);
    String what = generated ? "Generated points over real ones" : "Real points";
    ScatterSvg picture = ScatterSvg.large(bounds, what);
    return pictures.add(large(what, round, legend, generated(picture, round, Integer.MAX_VALUE)));
  }

  private static Tag large(String title, Round round, List<Tag> legend, Tag picture) {
    String at = round.title().isEmpty() ? "" : ", " + round.title();
    return Tag.of("figure")
        .add(
            Tag.of("figcaption")
                .add(Tag.of("h3").text(title + at), Tag.of("ul", "legend").add(legend)),
            picture);
  }

  private static Tag generated(ScatterSvg picture, Round round, int most) {
    for (Cloud cloud : round.clouds()) {
      if (cloud.origin() == Origin.REAL) {
        picture.plain(cloud, most);
      } else {
        picture.byCluster(cloud, most);
      }
    }
    return picture.draw();
  }

  private static Cloud real(Round round) {
    Optional<Cloud> real =
        round.clouds().stream().filter(cloud -> cloud.origin() == Origin.REAL).findFirst();
    return real.orElseGet(() -> new Cloud("", Origin.REAL, List.of(), List.of(), List.of()));
  }

  private Tag entry(Cloud cloud, String style) {
    long outside = bounds.outside(cloud);
    Tag entry =
        Tag.of("li")
            .add(
                Tag.of("span", "swatch " + style),
                Tag.of("span").text(cloud.name()),
                Tag.of("b").text(NumberText.count(cloud.x().size())));
    return outside == 0
        ? entry
        : entry.add(Tag.of("span").text("(%s outside)".formatted(NumberText.count(outside))));
  }
}
