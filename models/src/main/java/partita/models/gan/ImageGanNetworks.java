package partita.models.gan;

import java.util.List;

/** Networks for square images, made from an {@link ImageGanConfig}. */
public interface ImageGanNetworks extends GanNetworks {

  /** What they have in common. */
  ImageGanConfig config();

  /** Edge of the images in pixels. */
  int resolution();

  @Override
  default Labeling labeling() {
    return config().labeling();
  }

  @Override
  default int labels() {
    return config().labels();
  }

  @Override
  default int packing() {
    return config().packing();
  }

  @Override
  default int latentWidth() {
    return config().latentWidth();
  }

  @Override
  default List<Integer> sampleShape() {
    return List.of(config().imageChannels(), resolution(), resolution());
  }
}
