package partita.transforms.gan;

import partita.models.gan.AugmentedImages;
import partita.models.gan.RealData;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.transforms.train.MappedImages;

/**
 * Images of an {@link ImageTable}.
 *
 * @param flips whether half of the images are flipped from left to right; not for digits
 * @param noise uniform noise in [0, noise) is added to pixels in [-1, 1]; 0 for none
 */
public record ImageDataset(boolean flips, double noise) implements GanDataset {

  @Override
  public RealData open(TableReader table, long seed) {
    return new AugmentedImages(new MappedImages(table), flips, noise, seed);
  }
}
