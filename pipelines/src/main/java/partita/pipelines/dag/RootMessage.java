package partita.pipelines.dag;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds in a runner's nest of exceptions the messages that a person needs. */
final class RootMessage {
  private static final List<String> WRAPPERS =
      List.of("org.apache.beam.", "org.apache.flink.", "java.util.concurrent.");
  private static final String SERIALIZED = "SerializedThrowable";

  private RootMessage() {}

  /**
   * The messages of the causes that are not a runner's wrapping, outermost first, each once, joined
   * by {@code ": "}.
   */
  static String of(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    Set<Throwable> seen = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      chain.add(cause);
    }
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      boolean last = i == chain.size() - 1;
      String message = message(chain.get(i), last);
      if (!message.isEmpty() && messages.stream().noneMatch(known -> known.contains(message))) {
        messages.removeIf(known -> message.contains(known));
        messages.add(message);
      }
    }
    return String.join(": ", messages);
  }

  private static String message(Throwable cause, boolean last) {
    String type = cause.getClass().getName();
    boolean serialized = cause.getClass().getSimpleName().equals(SERIALIZED);
    if (!last && !serialized && WRAPPERS.stream().anyMatch(type::startsWith)) {
      return "";
    }
    String text = cause.getMessage() == null ? "" : cause.getMessage();
    Throwable inner = cause.getCause();
    if (inner != null && (text.equals(inner.toString()) || text.isEmpty())) {
      return "";
    }
    if (serialized) {
      return withoutType(text);
    }
    boolean explains = cause instanceof RuntimeException || cause instanceof java.io.IOException;
    String simple = cause.getClass().getSimpleName();
    return explains && text.contains(" ") ? text : (simple + " " + text).strip();
  }

  /** Flink keeps only the text {@code java.io.IOException: Cannot read ...}. */
  private static String withoutType(String text) {
    String stripped = text.replaceFirst("^([\\w$]+\\.)+[\\w$]+: ", "");
    boolean wrapper = WRAPPERS.stream().anyMatch(text::startsWith);
    return wrapper ? "" : stripped;
  }
}
