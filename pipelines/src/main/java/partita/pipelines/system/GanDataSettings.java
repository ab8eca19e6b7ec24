package partita.pipelines.system;

/** What a GAN learns: points or images; {@code kind} chooses. */
public sealed interface GanDataSettings permits PointSettings, DatasetSettings {

  /** Name in messages. */
  String name();

  /** Training rows asked for at most. */
  int train();
}
