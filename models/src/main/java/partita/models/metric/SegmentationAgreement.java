package partita.models.metric;

/**
 * How far a segmentation of generated images agrees with the layouts they were made from (Tan et
 * al., "Diverse semantic image synthesis via probability distribution modeling", CVPR 2021, Table
 * 2, "mIoU" and "accu"; Long et al., "Fully convolutional networks for semantic segmentation", CVPR
 * 2015, section 5). With {@code n_ij} the pixels of class i in the layouts that are found to be of
 * class j: pixel accuracy is {@code sum_i n_ii / sum_ij n_ij}; the intersection over union of class
 * i is {@code n_ii / (sum_j n_ij + sum_j n_ji - n_ii)}; mIoU is its mean over the classes that
 * occur in layouts or findings. Over all images at once, not the mean of images.
 *
 * @param meanIou 0 to 1
 * @param pixelAccuracy 0 to 1
 */
public record SegmentationAgreement(double meanIou, double pixelAccuracy) {

  /**
   * The agreement of counted pixels.
   *
   * @throws IllegalArgumentException when none are counted
   */
  public static SegmentationAgreement of(ConfusionCounts counts) {
    int classes = counts.classes();
    long right = 0;
    long all = 0;
    double ious = 0;
    int occurring = 0;
    for (int i = 0; i < classes; i++) {
      long union = -counts.of(i, i);
      for (int j = 0; j < classes; j++) {
        union += counts.of(i, j) + counts.of(j, i);
        all += counts.of(i, j);
      }
      right += counts.of(i, i);
      if (union > 0) {
        ious += (double) counts.of(i, i) / union;
        occurring++;
      }
    }
    if (all == 0) {
      throw new IllegalArgumentException(
          "Cannot compare segmentations: found 0 labeled pixels, expected at least 1");
    }
    return new SegmentationAgreement(ious / occurring, (double) right / all);
  }
}
