package partita.pipelines.report;

/**
 * The color of a cluster, the same in every picture of a page. Hues turn by the golden angle from
 * cluster to cluster, so that any few of them are far apart; ids whose hues come close again (8,
 * 13, 34, 55 further) differ in lightness, of which there are three.
 */
final class ClusterColor {
  private static final double GOLDEN_ANGLE = 180 * (3 - Math.sqrt(5));
  private static final int TONES = 3;

  private ClusterColor() {}

  /** Gives an element the color, as its text color. */
  static Tag paint(Tag tag, String cssClass, int cluster) {
    return tag.with("class", cssClass + " cluster tone" + cluster % TONES)
        .with("style", "--hue:" + Tag.coordinate(cluster * GOLDEN_ANGLE % 360));
  }
}
