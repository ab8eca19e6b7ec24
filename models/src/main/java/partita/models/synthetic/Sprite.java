package partita.models.synthetic;

/**
 * One textured shape of a scene; positions and sizes are fractions of the image's edge.
 *
 * @param shape outline
 * @param texture pattern
 * @param hue color on the wheel, 0..1, 0 is red
 * @param x center from the left
 * @param y center from the top
 * @param radius of the circle around the shape
 * @param angle clockwise rotation in radians
 */
public record Sprite(
    SpriteShape shape,
    SpriteTexture texture,
    double hue,
    double x,
    double y,
    double radius,
    double angle) {}
