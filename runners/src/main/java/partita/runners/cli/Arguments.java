package partita.runners.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import partita.infra.lineage.LineageTarget;
import partita.pipelines.dag.BadInputException;

/**
 * The words of a command line, sorted into ours and Beam's. Both {@code --x=y} and {@code --x y}
 * are understood.
 *
 * @param verb what to do
 * @param operands the words that the verb asks for
 * @param values values of our options, in the order given; a switch has {@code true}
 * @param beam options that are not ours, {@code --flinkMaster=host:8081}
 */
record Arguments(
    Verb verb, List<String> operands, Map<Option, List<String>> values, List<String> beam) {
  private static final Pattern DURATION = Pattern.compile("(\\d+)([dhms])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "d", Duration.ofDays(1),
          "h", Duration.ofHours(1),
          "m", Duration.ofMinutes(1),
          "s", Duration.ofSeconds(1));
  private static final String A_TIME = "a time as 7d, 2h, 30m or P1DT12H";

  Arguments {
    operands = List.copyOf(operands);
    values = Collections.unmodifiableMap(values);
    beam = List.copyOf(beam);
  }

  /**
   * Sorts the words.
   *
   * @throws BadInputException when a word has no place
   */
  static Arguments parse(List<String> words) {
    Map<Option, List<String>> values = new EnumMap<>(Option.class);
    List<String> beam = new ArrayList<>();
    boolean verbGiven = !words.isEmpty() && !words.get(0).startsWith("-");
    Verb verb = verbGiven ? Verb.of(words.get(0)) : Verb.RUN;
    List<String> operands = new ArrayList<>();
    for (int i = verbGiven ? 1 : 0; i < words.size(); i++) {
      String word = words.get(i).equals("-h") ? "--help" : words.get(i);
      if (!word.startsWith("-") && operands.size() < verb.operands().size()) {
        operands.add(word);
        continue;
      }
      if (!word.startsWith("--") || word.length() < 3) {
        throw new BadInputException(
            "Cannot use '%s': expected an option, --name=value; the command comes first"
                .formatted(word));
      }
      int equals = word.indexOf('=');
      String label = word.substring(2, equals < 0 ? word.length() : equals);
      Option option = Option.of(label).orElse(null);
      boolean valueFollows =
          equals < 0 && i + 1 < words.size() && !words.get(i + 1).startsWith("--");
      if (option == null) {
        beam.add(valueFollows ? word + "=" + words.get(++i) : word);
      } else if (equals >= 0) {
        add(values, option, word.substring(equals + 1));
      } else if (option.takesValue()) {
        if (!valueFollows) {
          throw new BadInputException(
              "Cannot use --%s: it has no value, expected --%s=%s"
                  .formatted(label, label, option.argument()));
        }
        add(values, option, words.get(++i));
      } else {
        add(values, option, option == Option.JSON ? "" : "true");
      }
    }
    if (operands.size() < verb.operands().size() && !values.containsKey(Option.HELP)) {
      throw new BadInputException(
          "Cannot %s without a %s: expected %s %s"
              .formatted(
                  verb.word(),
                  verb.operands().get(operands.size()),
                  verb.word(),
                  String.join(" ", verb.operands())));
    }
    return new Arguments(verb, operands, values, beam);
  }

  private static void add(Map<Option, List<String>> values, Option option, String value) {
    List<String> given = values.computeIfAbsent(option, unused -> new ArrayList<>());
    if (!given.isEmpty() && !option.repeatable()) {
      throw new BadInputException(
          "Cannot use --%s twice: found '%s' and '%s'"
              .formatted(option.label(), shown(option, given.get(0)), shown(option, value)));
    }
    given.add(value);
  }

  private static String shown(Option option, String value) {
    return option == Option.LINEAGE ? LineageTarget.withoutPassword(value) : value;
  }

  /** The words of a command line as they may be kept: without the password of a server. */
  static List<String> withoutPasswords(List<String> words) {
    String label = "--" + Option.LINEAGE.label();
    List<String> kept = new ArrayList<>();
    for (String word : words) {
      boolean value = !kept.isEmpty() && kept.get(kept.size() - 1).equals(label);
      if (word.startsWith(label + "=")) {
        String target = word.substring(label.length() + 1);
        kept.add(label + "=" + LineageTarget.withoutPassword(target));
      } else {
        kept.add(value ? LineageTarget.withoutPassword(word) : word);
      }
    }
    return kept;
  }

  boolean given(Option option) {
    return values.containsKey(option);
  }

  /** The value of an option that is given once, or {@code otherwise}. */
  String text(Option option, String otherwise) {
    return values.getOrDefault(option, List.of(otherwise)).get(0);
  }

  /** All values of a repeatable option, those separated by commas taken apart. */
  List<String> list(Option option) {
    return values.getOrDefault(option, List.of()).stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** All values of a repeatable option as given. */
  List<String> all(Option option) {
    return List.copyOf(values.getOrDefault(option, List.of()));
  }

  boolean flag(Option option) {
    String value = text(option, "false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(option, value, "true or false");
    };
  }

  int positive(Option option, int otherwise) {
    String value = text(option, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(option, value, "a whole number above 0");
    }
    throw invalid(option, value, "a whole number above 0");
  }

  /** Whole numbers above 0, separated by commas. */
  List<Integer> positives(Option option) {
    String value = text(option, "");
    List<Integer> numbers = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      if (!part.strip().matches("0*[1-9]\\d{0,5}")) {
        throw invalid(option, value, "whole numbers above 0, as 1,2,4");
      }
      numbers.add(Integer.parseInt(part.strip()));
    }
    return numbers;
  }

  /** The same with one value of an option. */
  Arguments with(Option option, String value) {
    Map<Option, List<String>> changed = new EnumMap<>(Option.class);
    changed.putAll(values);
    changed.put(option, List.of(value));
    return new Arguments(verb, operands, changed, beam);
  }

  double positiveSeconds(Option option, double otherwise) {
    return number(option, otherwise, Double.MAX_VALUE, "seconds above 0");
  }

  /** A time as {@code 7d}, {@code 2h}, {@code 30m}, {@code 10s} or in ISO 8601, {@code P1DT12H}. */
  Duration duration(Option option, String otherwise) {
    String value = text(option, otherwise);
    Matcher simple = DURATION.matcher(value);
    try {
      Duration duration =
          simple.matches()
              ? UNITS.get(simple.group(2)).multipliedBy(Long.parseLong(simple.group(1)))
              : Duration.parse(value);
      if (!duration.isNegative() && duration.compareTo(Duration.ofDays(100_000)) < 0) {
        return duration;
      }
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw invalid(option, value, A_TIME);
    }
    throw invalid(option, value, A_TIME);
  }

  /** A part of a whole, in (0, 1]. */
  double part(Option option) {
    return number(option, 1, 1, "a number above 0, at most 1");
  }

  private double number(Option option, double otherwise, double most, String expected) {
    String value = text(option, Double.toString(otherwise));
    try {
      double number = Double.parseDouble(value);
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(option, value, expected);
    }
    throw invalid(option, value, expected);
  }

  static BadInputException invalid(Option option, String value, String expected) {
    return new BadInputException(
        "Cannot use --%s=%s: expected %s".formatted(option.label(), value, expected));
  }
}
