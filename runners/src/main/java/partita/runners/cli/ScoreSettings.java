package partita.runners.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import partita.models.embed.FidProtocol;
import partita.pipelines.dag.NearestName;
import partita.pipelines.score.MetricOptions;
import partita.pipelines.score.ScoreMetric;
import partita.pipelines.score.ScoreRequest;
import partita.transforms.dataset.PointMixture;
import partita.transforms.score.DiversityProtocol;

/**
 * What the command {@code score} was asked for.
 *
 * @param request what is to be scored
 * @param arrow file that takes the figures as Arrow
 */
record ScoreSettings(ScoreRequest request, Optional<Path> arrow) {

  static ScoreSettings of(Arguments arguments) {
    Optional<Integer> resize =
        arguments.given(Option.RESIZE)
            ? Optional.of(arguments.positive(Option.RESIZE, 1))
            : Optional.empty();
    ScoreRequest request =
        new ScoreRequest(
            text(arguments, Option.REAL).filter(given -> !given.isBlank()),
            generated(arguments),
            ScoreMetric.of(arguments.list(Option.METRICS)),
            text(arguments, Option.PROTOCOL).map(ScoreSettings::protocol),
            text(arguments, Option.NETWORK),
            text(arguments, Option.LPIPS),
            resize,
            arguments.given(Option.BOOTSTRAP) ? arguments.positive(Option.BOOTSTRAP, 2) : 0,
            options(arguments));
    return new ScoreSettings(request, arrow(arguments));
  }

  private static MetricOptions options(Arguments arguments) {
    return new MetricOptions(
        arguments.given(Option.CLASSES)
            ? Optional.of(arguments.positive(Option.CLASSES, 1))
            : Optional.empty(),
        arguments.list(Option.LABELS).stream().map(Path::of).toList(),
        text(arguments, Option.CLASS_COUNTS).map(Path::of),
        text(arguments, Option.MIXTURE)
            .map(word -> named("mixture", word, PointMixture.values(), ScoreSettings::word)),
        text(arguments, Option.DIVERSITY)
            .map(
                word ->
                    named("diversity", word, DiversityProtocol.values(), DiversityProtocol::word)),
        text(arguments, Option.MASKS).map(Path::of),
        text(arguments, Option.LAYOUTS).map(Path::of));
  }

  private static String word(PointMixture mixture) {
    return mixture.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static FidProtocol protocol(String word) {
    return named("protocol", word, FidProtocol.values(), FidProtocol::word);
  }

  private static <T> T named(String kind, String word, T[] values, Function<T, String> name) {
    return Arrays.stream(values)
        .filter(value -> name.apply(value).equals(word))
        .findFirst()
        .orElseThrow(
            () -> NearestName.unknown(kind, word, Arrays.stream(values).map(name).toList()));
  }

  /** A comma may be part of a folder's name, so only what is no path as a whole is taken apart. */
  private static List<String> generated(Arguments arguments) {
    return arguments.all(Option.GENERATED).stream()
        .flatMap(
            text ->
                Files.exists(Path.of(text))
                    ? List.of(text).stream()
                    : List.of(text.split(",")).stream())
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static Optional<String> text(Arguments arguments, Option option) {
    return arguments.given(option) ? Optional.of(arguments.text(option, "")) : Optional.empty();
  }

  private static Optional<Path> arrow(Arguments arguments) {
    if (!arguments.given(Option.ARROW)) {
      return Optional.empty();
    }
    Path file = Path.of(arguments.text(Option.ARROW, ""));
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw Arguments.invalid(Option.ARROW, file.toString(), "a file in a folder that exists");
    }
    return Optional.of(file);
  }
}
