package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;

/** Charts with their titles and legends, two beside each other where there is room. */
final class CurveSection {
  private CurveSection() {}

  static Tag draw(List<ReportModel.Chart> charts) {
    return Tag.of("div", "charts").add(charts.stream().map(CurveSection::figure).toList());
  }

  private static Tag figure(ReportModel.Chart chart) {
    List<Tag> legend = new ArrayList<>();
    for (int i = 0; i < chart.series().size(); i++) {
      legend.add(entry("s" + i % ChartSvg.COLORS, chart.series().get(i)));
    }
    for (ReportModel.Reference reference : chart.references()) {
      legend.add(
          Tag.of("li")
              .add(
                  Tag.of("span", "swatch dashed"),
                  Tag.of("span").text(reference.name()),
                  Tag.of("b").text(NumberText.of(reference.value()))));
    }
    return Tag.of("figure")
        .add(
            Tag.of("figcaption")
                .add(Tag.of("h3").text(chart.title()), Tag.of("ul", "legend").add(legend)),
            ChartSvg.drawable(chart)
                ? new ChartSvg(chart).draw()
                : Tag.of("p", "empty").text("No finite values were recorded."));
  }

  private static Tag entry(String style, ReportModel.Series series) {
    int last = series.points().size() - 1;
    double value = last < 0 ? Double.NaN : series.points().get(last).value();
    return Tag.of("li")
        .add(
            Tag.of("span", "swatch " + style),
            Tag.of("span").text(series.name()),
            Tag.of("b").text(NumberText.of(value)));
  }
}
