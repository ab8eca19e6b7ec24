package partita.models.synthetic;

import java.util.List;

/**
 * Draws a {@link SpriteScene} with its maps, averaging 4 x 4 samples a pixel near a sprite. Plain
 * arithmetic, so that the bytes are equal on every machine.
 */
public final class SpritePainter {
  private static final int SAMPLES = 4;
  private static final double OUTLINE = 0.16;
  private static final double SHADOW = 0.09;
  private static final double SHADE = 0.72;

  /**
   * A drawn scene.
   *
   * @param pixels {@code [3, edge, edge]} uint8
   * @param semantic {@code [edge, edge]}: 0 background, else 1 + the shape's code
   * @param instance {@code [edge, edge]}: 0 background, else an id that no other scene uses, {@code
   *     index * 4 + position + 1}, so that nothing downstream can get away with 8-bit ids
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Painting(byte[] pixels, int[] semantic, int[] instance) {}

  private final SpriteScene scene;
  private final int edge;
  private final Local[] locals;
  private final double[] backgroundFall;
  private final double[] sample = new double[3];

  private SpritePainter(SpriteScene scene, int edge) {
    this.scene = scene;
    this.edge = edge;
    backgroundFall = falls(scene.background().hue());
    List<Sprite> sprites = scene.sprites();
    locals = new Local[sprites.size()];
    for (int i = 0; i < locals.length; i++) {
      locals[i] = Local.of(sprites.get(i));
    }
  }

  /** Draws a scene at {@code edge x edge} pixels. */
  public static Painting paint(SpriteScene scene, int edge) {
    return new SpritePainter(scene, edge).paint();
  }

  private Painting paint() {
    int plane = edge * edge;
    Painting painting = new Painting(new byte[3 * plane], new int[plane], new int[plane]);
    for (int pixel = 0; pixel < plane; pixel++) {
      draw(painting, pixel);
    }
    return painting;
  }

  private void draw(Painting painting, int pixel) {
    int row = pixel / edge;
    int column = pixel % edge;
    int side = nothingNear(row, column) ? 1 : SAMPLES;
    double[] sum = new double[3];
    int[] votes = new int[locals.length + 1];
    for (int i = 0; i < side * side; i++) {
      int across = i % side;
      int down = i / side;
      double x = (column + (across + 0.5) / side) / edge;
      double y = (row + (down + 0.5) / side) / edge;
      votes[sample(x, y) + 1]++;
      for (int channel = 0; channel < 3; channel++) {
        sum[channel] += sample[channel];
      }
    }
    for (int channel = 0; channel < 3; channel++) {
      double mean = sum[channel] / (side * side);
      painting.pixels[channel * edge * edge + pixel] = (byte) (int) (255 * mean + 0.5);
    }
    label(painting, pixel, votes);
  }

  /** Whether a pixel shows nothing but the smooth background, for which one sample is enough. */
  private boolean nothingNear(int row, int column) {
    double x = (column + 0.5) / edge;
    double y = (row + 0.5) / edge;
    for (Local local : locals) {
      if (!local.outOfReach(x, y, 0.5 / edge)) {
        return false;
      }
    }
    return true;
  }

  /** Gives a pixel to whoever holds most of its samples; the background wins ties. */
  private void label(Painting painting, int pixel, int[] votes) {
    int winner = 0;
    for (int i = 1; i < votes.length; i++) {
      if (votes[i] > votes[winner]) {
        winner = i;
      }
    }
    if (winner > 0) {
      long id = scene.index() * SpriteScene.MAX_SPRITES + winner;
      painting.instance[pixel] = Math.toIntExact(id);
      painting.semantic[pixel] = 1 + scene.sprites().get(winner - 1).shape().code();
    }
  }

  /** Colors one point and returns the sprite seen there, -1 for the background. */
  private int sample(double x, double y) {
    SpriteScene.Background background = scene.background();
    double along = (x - 0.5) * background.dx() + (y - 0.5) * background.dy();
    color(backgroundFall, 0.38, clip(background.light() + background.slope() * along), 1);
    int seen = -1;
    for (int i = locals.length - 1; i >= 0; i--) {
      Local local = locals[i];
      if (local.outOfReach(x, y, 0)) {
        continue;
      }
      if (local.shadows(x, y)) {
        for (int channel = 0; channel < 3; channel++) {
          sample[channel] *= SHADE;
        }
      }
      double u = local.u(x, y);
      double v = local.v(x, y);
      if (local.shape.contains(u, v, 0)) {
        color(local, u, v);
        seen = i;
      }
    }
    return seen;
  }

  private void color(Local local, double u, double v) {
    // Light falls from the top left, whatever the sprite's rotation.
    double lit = 0.94 - 0.12 * (u * (local.cos - local.sin) + v * (local.sin + local.cos));
    if (!local.shape.contains(u, v, OUTLINE)) {
      color(local.fall, 0.9, 0.52, lit);
    } else if (local.texture.accent(u, v)) {
      color(local.fall, 0.18, 1, lit);
    } else {
      color(local.fall, 0.78, 0.96, lit);
    }
  }

  /** Sets the sample to a color; all arguments in 0..1. */
  private void color(double[] fall, double saturation, double value, double lit) {
    for (int channel = 0; channel < 3; channel++) {
      sample[channel] = clip(value * (1 - saturation * fall[channel]) * lit);
    }
  }

  /** How far each channel falls below the value of a fully saturated color (hexagonal cone). */
  private static double[] falls(double hue) {
    double[] fall = new double[3];
    for (int channel = 0; channel < 3; channel++) {
      double k = (5 - 2 * channel + hue * 6) % 6;
      fall[channel] = clip(Math.min(k, 4 - k));
    }
    return fall;
  }

  private static double clip(double x) {
    return Math.max(0, Math.min(1, x));
  }

  /** A sprite with its rotation worked out. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Local(
      SpriteShape shape,
      SpriteTexture texture,
      double[] fall,
      double x,
      double y,
      double radius,
      double cos,
      double sin) {

    static Local of(Sprite sprite) {
      return new Local(
          sprite.shape(),
          sprite.texture(),
          falls(sprite.hue()),
          sprite.x(),
          sprite.y(),
          sprite.radius(),
          StrictMath.cos(sprite.angle()),
          StrictMath.sin(sprite.angle()));
    }

    /** Whether neither the shape nor its shadow can come as close as {@code margin} to a point. */
    boolean outOfReach(double px, double py, double margin) {
      double reach = (SpriteShape.REACH + 2 * SHADOW) * radius + margin;
      return Math.abs(px - x) > reach || Math.abs(py - y) > reach;
    }

    double u(double px, double py) {
      return ((px - x) * cos + (py - y) * sin) / radius;
    }

    double v(double px, double py) {
      return ((py - y) * cos - (px - x) * sin) / radius;
    }

    boolean shadows(double px, double py) {
      double offset = SHADOW * radius * 2;
      return shape.contains(u(px - offset, py - offset), v(px - offset, py - offset), 0);
    }
  }
}
