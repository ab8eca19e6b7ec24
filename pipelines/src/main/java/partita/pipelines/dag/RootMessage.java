package partita.pipelines.dag;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import partita.transforms.shard.ShardFailedException;

/** Finds in a runner's nest of exceptions the messages that a person needs. */
final class RootMessage {
  private static final Pattern WRAPPER =
      Pattern.compile("(org\\.apache\\.(beam|flink)|java\\.util\\.concurrent)\\..*");

  /** Text of a cause that came over the wire, {@code java.io.IOException: Cannot read ...}. */
  private static final Pattern TYPED =
      Pattern.compile("((?:[a-z]\\w*\\.)+[A-Z][\\w$]*)(?:: (.*))?", Pattern.DOTALL);

  private RootMessage() {}

  /** A cause by the type and text it had where it was thrown. */
  private record Cause(String type, String text) {

    /** Flink keeps of a remote exception only its text, in one of its own type. */
    static Cause of(Throwable thrown) {
      String text = thrown.getMessage() == null ? "" : thrown.getMessage();
      Matcher typed = TYPED.matcher(text);
      if (thrown.getClass().getSimpleName().equals("SerializedThrowable") && typed.matches()) {
        return new Cause(typed.group(1), typed.group(2) == null ? "" : typed.group(2));
      }
      return new Cause(thrown.getClass().getName(), text);
    }

    boolean wrapper() {
      return WRAPPER.matcher(type).matches();
    }

    /**
     * Whether the text is only that of the cause, as {@code new RuntimeException(cause)} has it.
     */
    boolean echoes(Cause inner) {
      return text.equals(inner.type() + ": " + inner.text());
    }

    /** The text if it is a sentence, otherwise with the exception's name before it. */
    String sentence() {
      String simple = type.substring(type.lastIndexOf('.') + 1);
      return text.contains(" ") ? text : (simple + " " + text).strip();
    }
  }

  /**
   * The messages from the failed shard inwards, or of everything that is not a runner's wrapping,
   * outermost first, each once, joined by {@code ": "}.
   */
  static String of(Throwable failure) {
    List<Cause> causes = chain(failure);
    for (int i = 0; i < causes.size(); i++) {
      if (causes.get(i).type().equals(ShardFailedException.class.getName())) {
        return join(causes.subList(i, causes.size()));
      }
    }
    return join(causes);
  }

  private static List<Cause> chain(Throwable failure) {
    Set<Throwable> seen = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null && seen.add(cause); ) {
      cause = cause.getCause();
    }
    return seen.stream().map(Cause::of).toList();
  }

  private static String join(List<Cause> causes) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < causes.size() - 1; i++) {
      Cause cause = causes.get(i);
      if (!cause.wrapper() && !cause.text().isEmpty() && !cause.echoes(causes.get(i + 1))) {
        add(messages, cause);
      }
    }
    Cause root = causes.get(causes.size() - 1);
    if (messages.isEmpty() || !root.wrapper()) {
      add(messages, root);
    }
    return String.join(": ", messages);
  }

  private static void add(List<String> messages, Cause cause) {
    if (messages.stream().noneMatch(message -> message.contains(cause.text()))) {
      messages.add(cause.sentence());
    }
  }
}
