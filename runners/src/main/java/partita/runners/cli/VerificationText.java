package partita.runners.cli;

import java.io.PrintStream;
import partita.pipelines.store.Damage;
import partita.pipelines.store.Verification;

/** What a verification found, for people. */
final class VerificationText {
  private VerificationText() {}

  static String summary(Verification.Outcome outcome) {
    String read =
        String.join(
            ", ",
            Amount.count(outcome.artifacts(), "artifact"),
            Amount.count(outcome.blobs(), "file"),
            Amount.bytes(outcome.bytes()));
    int damages = outcome.damages().size();
    return damages == 0
        ? "All is as it was written: " + read
        : "%s: %s read".formatted(Amount.count(damages, "damage"), read);
  }

  static void print(Verification.Outcome outcome, PrintStream out) {
    for (Damage damage : outcome.damages()) {
      String artifact = damage.artifact();
      String of =
          artifact.isEmpty()
              ? ""
              : "%s, artifact %s, "
                  .formatted(
                      damage.stage().isEmpty() ? "unknown stage" : "stage " + damage.stage(),
                      artifact);
      out.printf("  %s%s: %s%n", of, damage.file(), damage.problem());
    }
    if (outcome.damages().stream().anyMatch(damage -> !damage.artifact().isEmpty())) {
      out.println("evict KEY disowns a damaged artifact; the next run makes it again");
    }
    if (outcome.damages().stream().anyMatch(damage -> damage.artifact().isEmpty())) {
      out.println("what belongs to no artifact harms none; gc --delete removes it when it is old");
    }
  }
}
