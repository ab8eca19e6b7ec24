package partita.runners.cli;

import java.io.PrintStream;
import partita.pipelines.exchange.FileContents;

/** What a file of weights holds, as it is printed for people. */
final class FileContentsText {
  private FileContentsText() {}

  static void print(FileContents contents, PrintStream out) {
    out.printf(
        "%s: %s, %s; %s, %s, %s%n",
        contents.file(),
        contents.format(),
        Amount.bytes(contents.fileBytes()),
        counted(contents.tensors().size(), "tensor"),
        counted(contents.parameters(), "parameter"),
        Amount.bytes(contents.bytes()));
    int width = contents.tensors().stream().mapToInt(t -> t.name().length()).max().orElse(1);
    for (FileContents.Tensor tensor : contents.tensors()) {
      String line = "  %-" + width + "s  %-8s  %s";
      out.println(line.formatted(printable(tensor.name()), tensor.dtype(), tensor.shape()));
    }
  }

  private static String counted(long count, String unit) {
    return "%,d %s%s".formatted(count, unit, count == 1 ? "" : "s");
  }

  /** A name out of a file may hold anything, and must not reach the terminal as a command. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
