package partita.transforms.dataset;

/** How the images of a folder get their labels. */
public enum FolderLabels {
  /**
   * Each subfolder is a class, numbered in the order of the names; a folder without subfolders is
   * unlabeled. Anything else is refused, for a folder one level off would give wrong labels
   * silently.
   */
  FOLDERS,
  /** None: all images at any depth, unlabeled. */
  NONE
}
