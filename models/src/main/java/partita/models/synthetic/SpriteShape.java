package partita.models.synthetic;

/** Outlines of sprites in coordinates where the sprite has radius 1 and y points down. */
public enum SpriteShape {
  DISC(0) {
    @Override
    boolean contains(double u, double v, double margin) {
      return within(u, v, 0.95 - margin);
    }
  },
  SQUARE(1) {
    @Override
    boolean contains(double u, double v, double margin) {
      return Math.max(Math.abs(u), Math.abs(v)) <= 0.82 - margin;
    }
  },
  TRIANGLE(2) {
    @Override
    boolean contains(double u, double v, double margin) {
      return sides(TRIANGLE_SIDES, u, v + 0.12, 0.56 - margin) == 3;
    }
  },
  /** A pentagram: the points inside at least four of its five lines. */
  STAR(3) {
    @Override
    boolean contains(double u, double v, double margin) {
      return sides(STAR_SIDES, u, v, 0.36 - 0.7 * margin) >= 4;
    }
  },
  RING(4) {
    @Override
    boolean contains(double u, double v, double margin) {
      return within(u, v, 1 - margin) && !within(u, v, 0.42 + margin);
    }
  };

  /** No shape has a point farther from its center; the star's tips come closest. */
  static final double REACH = 1.25;

  private static final double[][] TRIANGLE_SIDES = normals(3);
  private static final double[][] STAR_SIDES = normals(5);

  private final int code;

  SpriteShape(int code) {
    this.code = code;
  }

  /** Number of the shape in labels, maps and attributes, 0..4. */
  public int code() {
    return code;
  }

  /** The shape of a number. */
  public static SpriteShape of(int code) {
    for (SpriteShape shape : values()) {
      if (shape.code == code) {
        return shape;
      }
    }
    throw new IllegalArgumentException(
        "Cannot find sprite shape " + code + ": expected 0 to " + (values().length - 1));
  }

  /**
   * Whether a point lies inside, at least about {@code margin} away from the outline.
   *
   * @param margin 0 for the whole shape; what it leaves out is drawn as the outline
   */
  abstract boolean contains(double u, double v, double margin);

  private static boolean within(double u, double v, double radius) {
    return u * u + v * v <= radius * radius;
  }

  private static int sides(double[][] normals, double u, double v, double distance) {
    int inside = 0;
    for (double[] normal : normals) {
      if (u * normal[0] + v * normal[1] <= distance) {
        inside++;
      }
    }
    return inside;
  }

  /** Unit normals of a regular polygon that stands on a side. */
  private static double[][] normals(int count) {
    double[][] normals = new double[count][];
    for (int i = 0; i < count; i++) {
      double angle = Math.PI / 2 + 2 * Math.PI * i / count;
      normals[i] = new double[] {StrictMath.cos(angle), StrictMath.sin(angle)};
    }
    return normals;
  }
}
