package partita.pipelines.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An element of HTML or inline SVG. Text and attribute values are escaped when it is written, and
 * there is no other way to put them in, so data can never become markup. Names of elements and
 * attributes are constants of the code.
 */
public final class Tag {
  private static final Set<String> VOID = Set.of("meta", "img", "br", "hr");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Object> children = new ArrayList<>();
  private String verbatim = "";

  private Tag(String name) {
    this.name = name;
  }

  public static Tag of(String name) {
    return new Tag(name);
  }

  public static Tag of(String name, String cssClass) {
    return new Tag(name).with("class", cssClass);
  }

  /**
   * A style or script element around a resource of ours, which HTML forbids to escape. Never for
   * data.
   */
  static Tag verbatim(String name, String content) {
    if (content.toLowerCase(Locale.ROOT).contains("</" + name)) {
      throw new IllegalArgumentException("Cannot embed a " + name + " that closes itself");
    }
    Tag tag = new Tag(name);
    tag.verbatim = content;
    return tag;
  }

  public Tag with(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  /** Sets an attribute to a coordinate, rounded to a tenth of a pixel. */
  public Tag with(String attribute, double value) {
    return with(attribute, coordinate(value));
  }

  public Tag text(String text) {
    children.add(text);
    return this;
  }

  public Tag add(Tag... tags) {
    children.addAll(List.of(tags));
    return this;
  }

  public Tag add(List<Tag> tags) {
    children.addAll(tags);
    return this;
  }

  /** A number as SVG takes it: a tenth of a pixel, no exponent, no locale. */
  static String coordinate(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Cannot draw at " + value + ": not finite");
    }
    long tenths = Math.round(value * 10);
    String text = Long.toString(Math.abs(tenths) / 10);
    if (tenths % 10 != 0) {
      text += "." + Math.abs(tenths) % 10;
    }
    return tenths < 0 ? "-" + text : text;
  }

  void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          out.append(' ').append(attribute).append("=\"");
          escape(value, out);
          out.append('"');
        });
    out.append('>');
    if (VOID.contains(name)) {
      return;
    }
    out.append(verbatim);
    for (Object child : children) {
      if (child instanceof Tag tag) {
        tag.write(out);
      } else {
        escape((String) child, out);
      }
    }
    out.append("</").append(name).append('>');
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\t', '\n', '\r' -> out.append(c);
        default -> out.append(c < ' ' ? '\uFFFD' : c);
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }
}
