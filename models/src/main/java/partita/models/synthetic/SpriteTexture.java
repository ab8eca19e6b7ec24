package partita.models.synthetic;

/** Two-tone patterns in the coordinates of the sprite that wears them. */
public enum SpriteTexture {
  SOLID(0) {
    @Override
    boolean accent(double u, double v) {
      return false;
    }
  },
  STRIPES(1) {
    @Override
    boolean accent(double u, double v) {
      return odd(v / 0.34 + 0.5);
    }
  },
  CHECKER(2) {
    @Override
    boolean accent(double u, double v) {
      return odd(u / 0.45) != odd(v / 0.45);
    }
  },
  DOTS(3) {
    @Override
    boolean accent(double u, double v) {
      double x = u / 0.56 - Math.rint(u / 0.56);
      double y = v / 0.56 - Math.rint(v / 0.56);
      return x * x + y * y < 0.1;
    }
  };

  private final int code;

  SpriteTexture(int code) {
    this.code = code;
  }

  /** Number of the texture in attributes, 0..3. */
  public int code() {
    return code;
  }

  /** Whether a point shows the second tone. */
  abstract boolean accent(double u, double v);

  private static boolean odd(double x) {
    return ((long) Math.floor(x) & 1) != 0;
  }
}
