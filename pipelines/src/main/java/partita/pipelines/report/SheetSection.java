package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;

/** Sheets of images: a row for each instance or sample, small images enlarged without smoothing. */
final class SheetSection {
  private static final int SHARP_BELOW = 65;
  private static final int DISPLAY = 76;

  /** Sheets of so few columns may stand side by side. */
  private static final int NARROW = 4;

  private SheetSection() {}

  static Tag draw(ReportModel.Sheet sheet) {
    int columns = sheet.rows().stream().mapToInt(row -> row.tiles().size()).max().orElse(0);
    Tag figure = Tag.of("figure", columns <= NARROW ? "sheet narrow" : "sheet");
    figure.add(
        Tag.of("figcaption")
            .add(Tag.of("h3").text(sheet.title()), Tag.of("p", "muted").text(sheet.caption())));
    Tag body = Tag.of("tbody");
    sheet.rows().forEach(row -> body.add(row(row, columns)));
    Tag table = Tag.of("table", "tiles");
    if (sheet.columns().stream().anyMatch(heading -> !heading.isEmpty())) {
      table.add(Tag.of("thead").add(headings(sheet)));
    }
    return figure.add(Tag.of("div", "scroll").with("tabindex", "0").add(table.add(body)));
  }

  private static Tag headings(ReportModel.Sheet sheet) {
    Tag row = Tag.of("tr").add(Tag.of("td"));
    sheet.columns().forEach(heading -> row.add(Tag.of("th").with("scope", "col").text(heading)));
    return row;
  }

  private static Tag row(ReportModel.Row row, int columns) {
    List<Tag> cells = new ArrayList<>();
    cells.add(Tag.of("th").with("scope", "row").text(row.label()));
    row.tiles().forEach(tile -> cells.add(cell(tile)));
    for (int i = row.tiles().size(); i < columns; i++) {
      cells.add(Tag.of("td"));
    }
    return Tag.of("tr").add(cells);
  }

  private static Tag cell(ReportModel.Tile tile) {
    boolean sharp = Math.max(tile.width(), tile.height()) < SHARP_BELOW;
    Tag image =
        Tag.of("img", sharp ? "sharp" : "smooth")
            .with("src", "data:image/png;base64," + tile.png())
            .with("width", DISPLAY)
            .with("height", (double) Math.round((double) DISPLAY * tile.height() / tile.width()))
            .with("alt", describe(tile));
    Tag cell = Tag.of("td", "tile " + style(tile.origin())).add(image);
    return tile.label().isEmpty() ? cell : cell.add(Tag.of("div", "tile-label").text(tile.label()));
  }

  private static String describe(ReportModel.Tile tile) {
    String what = style(tile.origin()).replace("-", " ") + " image";
    return tile.label().isEmpty() ? what : what + ", " + tile.label();
  }

  private static String style(ReportModel.Origin origin) {
    return switch (origin) {
      case REAL -> "real";
      case GENERATED -> "generated";
      case ANCHOR -> "anchor";
      case GENERATED_ANCHOR -> "generated-anchor";
    };
  }
}
