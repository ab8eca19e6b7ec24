package partita.runners.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import partita.models.embed.FidProtocol;
import partita.pipelines.dag.NearestName;
import partita.pipelines.score.ScoreMetric;
import partita.pipelines.score.ScoreRequest;

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
            arguments.text(Option.REAL, ""),
            generated(arguments),
            ScoreMetric.of(arguments.list(Option.METRICS)),
            text(arguments, Option.PROTOCOL).map(ScoreSettings::protocol),
            text(arguments, Option.NETWORK),
            text(arguments, Option.LPIPS),
            resize,
            arguments.given(Option.BOOTSTRAP) ? arguments.positive(Option.BOOTSTRAP, 2) : 0);
    return new ScoreSettings(request, arrow(arguments));
  }

  private static FidProtocol protocol(String word) {
    return Arrays.stream(FidProtocol.values())
        .filter(protocol -> protocol.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                NearestName.unknown(
                    "protocol",
                    word,
                    Arrays.stream(FidProtocol.values()).map(FidProtocol::word).toList()));
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
