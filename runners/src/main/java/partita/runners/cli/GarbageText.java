package partita.runners.cli;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import partita.pipelines.store.Garbage;

/** What {@code gc} found or removed, for people. */
final class GarbageText {
  private static final int KEY_DIGITS = 12;

  private GarbageText() {}

  static void print(Garbage garbage, boolean deleted, PrintStream out) {
    for (Garbage.Artifact artifact : garbage.artifacts()) {
      out.printf(
          "  %-24s %s  last used %s, %s%n",
          artifact.manifest().stage(),
          shortened(artifact.manifest().actionKey()),
          artifact.file().modified().truncatedTo(ChronoUnit.SECONDS),
          Amount.bytes(artifact.bytes()));
    }
    for (Garbage.Work work : garbage.work()) {
      out.printf(
          "  %-24s %s  last written %s, %s%n",
          "unfinished work",
          shortened(work.actionKey()),
          work.lastWritten().truncatedTo(ChronoUnit.SECONDS),
          Amount.bytes(work.bytes()));
    }
    out.println(summary(garbage, deleted));
  }

  private static String shortened(String key) {
    return key.substring(0, Math.min(KEY_DIGITS, key.length()));
  }

  private static String summary(Garbage garbage, boolean deleted) {
    if (garbage.isEmpty()) {
      return "Nothing to collect: all is needed or was used since "
          + garbage.cutoff().truncatedTo(ChronoUnit.SECONDS);
    }
    List<String> parts = new ArrayList<>();
    add(parts, garbage.artifacts().size(), "artifact");
    add(parts, garbage.blobs().size(), "file");
    add(parts, garbage.recipes().size(), "recipe");
    add(parts, garbage.work().size(), "unfinished work area");
    add(parts, garbage.idleRuns().size(), "idle run");
    String what = "%s: %s".formatted(Amount.bytes(garbage.bytes()), String.join(", ", parts));
    return deleted ? "Removed " + what : "Would remove " + what + "; --delete does it";
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(Amount.count(count, what));
    }
  }
}
