package partita.transforms.dataset;

/** What happens when an image cannot be decoded. */
public enum OnBadImage {
  /** The stage fails, naming the file. */
  FAIL,
  /** The file is left out, counted, and listed in the role {@code skipped}. */
  SKIP
}
