package partita.pipelines.store;

/**
 * Something in a store that is not as it was written.
 *
 * @param artifact action key; empty for what belongs to no artifact
 * @param stage stage of the artifact, as far as that is known
 * @param file name of the file in the artifact, or below the root where there is none
 * @param problem what is wrong with it
 */
public record Damage(String artifact, String stage, String file, String problem) {}
