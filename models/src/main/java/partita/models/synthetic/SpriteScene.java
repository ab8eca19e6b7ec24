package partita.models.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import partita.models.random.CounterRandom;

/**
 * What a {@code sprites} image shows: a main sprite, the largest and in front, up to three smaller
 * ones around it, and a background gradient. A pure function of (seed, index), so the true factors
 * of every image are known.
 *
 * @param index number of the scene in the data set
 * @param sprites the main sprite first
 * @param background what is behind them
 */
public record SpriteScene(long index, List<Sprite> sprites, Background background) {

  /** Classes: five main shapes, each plain or patterned. */
  public static final int CLASSES = 2 * SpriteShape.values().length;

  /** Most sprites in a scene; instance ids are {@code index * MAX_SPRITES + position + 1}. */
  public static final int MAX_SPRITES = 4;

  /** Names of the values of {@link #attributes}, in order. */
  public static final List<String> ATTRIBUTES =
      List.of(
          "count",
          "shape",
          "texture",
          "hue",
          "x",
          "y",
          "radius",
          "angle",
          "background.hue",
          "background.light");

  private static final int DRAWS_A_SPRITE = 64;
  private static final int TRIES = 12;

  /**
   * A gradient.
   *
   * @param hue color on the wheel, 0..1
   * @param light brightness where the gradient begins, 0..1
   * @param slope change of brightness towards its end
   * @param dx direction of the gradient, unit vector
   * @param dy direction of the gradient, unit vector
   */
  public record Background(double hue, double light, double slope, double dx, double dy) {}

  public SpriteScene {
    sprites = List.copyOf(sprites);
  }

  /** The scene of an index. */
  public static SpriteScene of(long seed, long index) {
    Draws draws = new Draws(new CounterRandom(seed, "sprites"), index, 0);
    int wanted = 1 + (int) (MAX_SPRITES * draws.next());
    Background background = background(draws);
    List<Sprite> sprites = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Draws own = new Draws(draws.random(), index, (i + 1) * DRAWS_A_SPRITE);
      Sprite looks = looks(own, background.hue(), i == 0);
      place(own, looks, sprites);
    }
    return new SpriteScene(index, sprites, background);
  }

  /** The largest sprite, in front of the others. */
  public Sprite main() {
    return sprites.get(0);
  }

  /** Class of the main sprite: twice its shape, plus one when it is patterned. */
  public int label() {
    return 2 * main().shape().code() + (main().texture() == SpriteTexture.SOLID ? 0 : 1);
  }

  /** Name of a class, {@code patterned star}. */
  public static String className(int label) {
    String shape = SpriteShape.of(label / 2).name().toLowerCase(Locale.ROOT);
    return (label % 2 == 0 ? "solid " : "patterned ") + shape;
  }

  /**
   * The true factors {@code [10]}, named by {@link #ATTRIBUTES}: number of sprites (1..4); of the
   * main sprite shape (code, 0..4), texture (code, 0..3), hue (0..1), center x and y, radius
   * (fractions of the edge) and angle (radians); hue and light of the background (0..1).
   */
  public float[] attributes() {
    Sprite main = main();
    return new float[] {
      sprites.size(),
      main.shape().code(),
      main.texture().code(),
      (float) main.hue(),
      (float) main.x(),
      (float) main.y(),
      (float) main.radius(),
      (float) main.angle(),
      (float) background.hue(),
      (float) background.light()
    };
  }

  private static Background background(Draws draws) {
    double direction = 2 * Math.PI * draws.next();
    return new Background(
        draws.next(),
        draws.between(0.35, 0.85),
        draws.between(0.1, 0.3) * (draws.next() < 0.5 ? -1 : 1),
        StrictMath.cos(direction),
        StrictMath.sin(direction));
  }

  private static Sprite looks(Draws draws, double backgroundHue, boolean main) {
    SpriteShape shape = pick(SpriteShape.values(), draws.next());
    double texture = draws.next(); // half are solid, so that the classes are equally likely
    return new Sprite(
        shape,
        texture < 0.5
            ? SpriteTexture.SOLID
            : pick(SpriteTexture.values(), 0.25 + 1.5 * (texture - 0.5)),
        (backgroundHue + draws.between(0.15, 0.85)) % 1,
        0,
        0,
        main ? draws.between(0.22, 0.32) : draws.between(0.09, 0.14),
        draws.between(-Math.PI / 6, Math.PI / 6));
  }

  /** Finds a free place; a small sprite for which there is none is left out. */
  private static void place(Draws draws, Sprite looks, List<Sprite> placed) {
    boolean main = placed.isEmpty();
    double edge = main ? looks.radius() + 0.02 : looks.radius();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double x = draws.between(edge, 1 - edge);
      double y = draws.between(edge, 1 - edge);
      boolean free =
          placed.stream()
              .allMatch(
                  other -> {
                    double dx = x - other.x();
                    double dy = y - other.y();
                    double apart = 0.92 * (looks.radius() + other.radius());
                    return dx * dx + dy * dy >= apart * apart;
                  });
      if (free) {
        placed.add(
            new Sprite(
                looks.shape(), looks.texture(), looks.hue(), x, y, looks.radius(), looks.angle()));
        return;
      }
    }
  }

  private static <T> T pick(T[] values, double uniform) {
    return values[(int) (uniform * values.length)];
  }

  /** Uniform numbers of one scene, one after the other. */
  private static final class Draws {
    private final CounterRandom random;
    private final long row;
    private int index;

    Draws(CounterRandom random, long row, int index) {
      this.random = random;
      this.row = row;
      this.index = index;
    }

    CounterRandom random() {
      return random;
    }

    double next() {
      return random.uniform(0, row, index++);
    }

    double between(double low, double high) {
      return low + (high - low) * next();
    }
  }
}
