package partita.schemas.artifact;

/**
 * Names of what a store holds, below its root and with {@code /} between parts: the same in a
 * folder and in a bucket.
 */
public final class StoreLayout {
  /** Tells the version of the layout. */
  public static final String VERSION = "store.json";

  /** Holds one manifest a committed artifact. */
  public static final String MANIFESTS = "manifests";

  /** Holds notes that outlive runs. */
  public static final String REFS = "refs";

  private StoreLayout() {}

  /** The manifest of an action. */
  public static String manifest(String actionKey) {
    return MANIFESTS + "/" + checkedKey(actionKey) + ".json";
  }

  /** The action that a recipe last resolved to. */
  public static String recipe(String recipeKey) {
    return "recipes/" + checkedKey(recipeKey);
  }

  /** A blob by the SHA-256 of its bytes. */
  public static String blob(String sha256) {
    return "blobs/" + checkedKey(sha256).substring(0, 2) + "/" + sha256;
  }

  /** The scratch of an action. */
  public static String work(String actionKey) {
    return "work/" + checkedKey(actionKey);
  }

  /** What says that somebody works on an action, beside its scratch. */
  public static String lease(String actionKey) {
    return work(actionKey) + ".lock";
  }

  /** Records and reports of a run. */
  public static String run(String runId) {
    return "runs/" + checkedKey(runId);
  }

  /** A key as it is, if it can be a file name. */
  public static String checkedKey(String key) {
    if (!key.matches("[A-Za-z0-9_][A-Za-z0-9_.-]+")) {
      throw new IllegalArgumentException("Cannot use '" + key + "' as a key or run id");
    }
    return key;
  }

  /** The name of a file of a work area as it is, if it is {@code name} or {@code folder/name}. */
  public static String checkedWorkName(String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)?")) {
      throw new IllegalArgumentException(
          "Cannot name a work file '" + name + "': expected name or folder/name");
    }
    return name;
  }
}
