package partita.models.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A look at a TorchScript module before libtorch runs it. Its code is text of TorchScript, not of
 * Python, and most of its operators see tensors alone; the few that read or write files, print, or
 * leave torch's own operators are refused by name. That is no sandbox: operators are native code.
 */
public final class ScriptFile {
  private static final int MOST_CODE = 1 << 26;

  /**
   * {@code save} and {@code from_file} reach files; {@code classes} are libraries' objects; {@code
   * ops} are any library's operators, unless behind a dot, where it is a part of a class's name.
   */
  private static final Pattern REFUSED =
      Pattern.compile("\\b(?:save|from_file|classes|print|(?<!\\.)ops(?!\\.prim\\.))\\b");

  /** Escapes, by which a name in a text could hide, but for those of messages. */
  private static final Pattern ESCAPE = Pattern.compile("\\\\[^nt\"'\\\\]");

  private ScriptFile() {}

  /**
   * Looks at a file.
   *
   * @throws WeightFileException if it is damaged, no TorchScript module, or refused
   */
  public static void check(Path path) throws IOException {
    try {
      if (!Files.isRegularFile(path)) {
        throw new FormatException("there is no such file");
      }
      try (ZipArchive zip = new ZipArchive(FileChannel.open(path));
          TorchArchive archive = new TorchArchive(zip)) {
        if (!archive.isScript()) {
          throw new FormatException(
              "it is no TorchScript module, expected what torch.jit.save wrote");
        }
        archive.described(ScriptGlobals::find);
        for (Map.Entry<String, ZipDirectory.Entry> entry : zip.entries().entrySet()) {
          requireHarmless(entry.getKey(), zip, entry.getValue());
        }
      }
    } catch (FormatException e) {
      throw new WeightFileException("Cannot run network %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static void requireHarmless(String name, ZipArchive zip, ZipDirectory.Entry entry)
      throws IOException {
    boolean code = name.endsWith(".py");
    boolean objects = name.endsWith(".pkl");
    if (!code && !objects) {
      return;
    }
    if (entry.size() > MOST_CODE) {
      throw new FormatException(
          "its %s has %,d bytes, expected at most %,d"
              .formatted(ZipDirectory.printable(name), entry.size(), MOST_CODE));
    }
    String text = new String(zip.read(entry, 0, (int) entry.size()), StandardCharsets.ISO_8859_1);
    Matcher refused =
        code ? REFUSED.matcher(text) : Pattern.compile("torch\\.classes").matcher(text);
    if (refused.find()) {
      throw new FormatException(
          "its %s names '%s', which may reach files, the terminal or other libraries; script the network without it"
              .formatted(ZipDirectory.printable(name), refused.group()));
    }
    if (code && ESCAPE.matcher(text).find()) {
      throw new FormatException(
          "its %s has escaped characters, which could hide a name; script the network without them"
              .formatted(ZipDirectory.printable(name)));
    }
  }
}
