package partita.transforms.score;

import java.util.Locale;

/** Which images {@link PerceptualDiversityTask} compares. */
public enum DiversityProtocol {
  /** A subfolder holds the images of one condition; all pairs within each. */
  IC_GAN,

  /** A subfolder holds one image of every layout; ten draws of two subfolders. */
  INADE;

  /** Name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
