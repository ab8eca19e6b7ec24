package partita.pipelines.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command that repeats a run, quoted for Maven's {@code exec.args} inside of a POSIX shell. */
public final class ShellCommand {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./\\[\\]{}-]+");
  private static final Pattern SPECIAL = Pattern.compile("[\\\\\"$`]");

  private ShellCommand() {}

  public static String of(List<String> words) {
    String arguments = words.stream().map(ShellCommand::word).collect(Collectors.joining(" "));
    return "mvn -q compile exec:java -Dexec.mainClass=RunPipeline -Dexec.args=\""
        + SPECIAL.matcher(arguments).replaceAll(found -> "\\\\\\" + found.group())
        + "\"";
  }

  /** Maven takes words apart at blanks outside of quotes of either kind, and joins what touches. */
  private static String word(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\"'\"'") + "'";
  }
}
