package partita.transforms.dataset;

import java.io.IOException;
import partita.models.synthetic.SpritePainter;
import partita.models.synthetic.SpriteScene;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;

/**
 * Draws the data set {@code sprites}: images with class label, semantic and instance maps and the
 * true attributes ({@link SpriteScene#ATTRIBUTES}). The id is the index of the scene.
 *
 * @param resolution edge in pixels, 32 or 64 as designed; any from 8 on is drawn
 * @param train scenes for training
 * @param validation scenes for validation
 * @param imagesPerShard images in a shard
 */
public record SpriteIngest(int resolution, int train, int validation, int imagesPerShard)
    implements IngestTask {

  public SpriteIngest {
    if (resolution < 8) {
      throw new DatasetException(
          "Cannot draw sprites at resolution " + resolution + ": expected at least 8");
    }
    long scenes = (long) train + validation;
    if (scenes > Integer.MAX_VALUE / SpriteScene.MAX_SPRITES) {
      throw new DatasetException(
          "Cannot draw %d scenes: instance ids allow at most %d"
              .formatted(scenes, Integer.MAX_VALUE / SpriteScene.MAX_SPRITES));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return plan().shards();
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    SplitShards.Range range = plan().range(shard);
    ShardMeter meter = new ShardMeter(context, "images", range.count());
    try (ImageRows rows =
        ImageRows.annotated(context, range.role(), resolution, SpriteScene.ATTRIBUTES.size())) {
      for (int i = 0; i < range.count(); i++) {
        long id = range.firstId() + i;
        SpriteScene scene = SpriteScene.of(context.seed(), id);
        SpritePainter.Painting painting = SpritePainter.paint(scene, resolution);
        rows.add(
            id,
            scene.label(),
            painting.pixels(),
            painting.semantic(),
            painting.instance(),
            scene.attributes());
        meter.count();
      }
      return ShardResult.of(rows.commit());
    }
  }

  private SplitShards plan() {
    return new SplitShards(train, validation, imagesPerShard);
  }
}
