package partita.models.train;

/**
 * How a training is run.
 *
 * @param curveWindow steps that one point of the loss curve averages
 * @param checkpointSeconds longest time between two saved states; does not influence results
 */
public record TrainerOptions(int curveWindow, double checkpointSeconds) {}
