package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command {@code score} refuses, and that nothing of it is kept. */
class ScoreRefusalsTest extends ScoreFixture {
  @Test
  void setsThatCannotBeScoredAreRefusedAndNothingIsKept() throws IOException {
    arrow("real.arrow", normal(20, 1, 0));
    arrow("one.arrow", normal(1, 1, 0));
    Files.writeString(folder.resolve("text.arrow"), "no features at all");
    float[] holed = normal(20, 1, 0);
    holed[7 * WIDTH + 2] = Float.NaN;
    arrow("holed.arrow", holed);
    wide("wide.arrow");
    assertSet("Cannot score nowhere: there is no such folder or file", "nowhere");
    assertSet("Cannot score one.arrow: it has 1 row, expected at least 2", "one.arrow");
    assertSet("its first bytes are those of neither .npy nor Arrow IPC", "text.arrow");
    Files.copy(folder.resolve("real.arrow"), folder.resolve("false.npy"));
    assertSet("its name says NPY and its first bytes ARROW", "false.npy");
    float[] infinite = normal(20, 1, 0);
    infinite[5 * WIDTH] = Float.POSITIVE_INFINITY;
    npy("infinite.npy", infinite);
    assertSet("Cannot use row 5 of infinite.npy: value 0 is Infinity", "infinite.npy");
    assertSet("Cannot score features holed.arrow: row 7 has NaN at dimension 2", "holed.arrow");
    assertSet(
        "features have 7 and 6 dimensions, expected equal; use one network for both", "wide.arrow");
    images("images", 3, 8, 1);
    assertSet("one holds images and the other features", "images");
    assertRefused(
        "Cannot compute is: the features give no class scores",
        "--real=real.arrow",
        "--generated=real.arrow",
        "--metrics=is");
  }

  @Test
  void foldersThatCannotBeScoredAreRefusedAndNothingIsKept() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    images("one", 1, 8, 1);
    images("real", 4, 8, 1);
    assertFolder("empty: it holds no images", "empty");
    assertFolder("Cannot score one: it has 1 image, expected at least 2", "one");
    images("text", 2, 8, 1);
    Files.writeString(folder.resolve("text/false.png"), "no image");
    assertFolder("text/false.png: it is no image, expected PNG or JPEG", "text");
    images("clear", 2, 8, 1);
    write("clear/alpha.png", new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB));
    assertFolder("clear/alpha.png: it has transparency", "clear");
    images("deep", 2, 8, 1);
    write("deep/16.png", new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY));
    assertFolder("deep/16.png: it has 16 bits a channel", "deep");
    assertRefused(
        "Cannot score images without a network",
        "--real=real",
        "--generated=real",
        "--metrics=fid");
    Files.writeString(folder.resolve("weights.pth"), "none");
    assertRefused(
        "Cannot read weights weights.pth",
        "--real=real",
        "--generated=real",
        "--metrics=fid",
        "--network=" + folder.resolve("weights.pth"));
  }

  @Test
  void sizesThatNoImageCanHaveAreRefused() throws IOException {
    images("real", 2, 8, 1);
    List<Path> vast = images("vast", 2, 8, 1);
    byte[] png = Files.readAllBytes(vast.get(0));
    png[17] = 1; // the second byte of its width
    png[21] = 1;
    Files.write(vast.get(0), png);
    assertFolder("vast/1000.png: its head claims 4,296,015,936 pixels", "vast");
    String[] words = {
      "--real=real", "--generated=real", "--metrics=fid", "--network=" + WEIGHTS, "--resize=999999"
    };
    assertRefused("Cannot resize images to squares of 999,999", words);
    words[2] = "--metrics=kid";
    words[4] = "--bootstrap=10";
    assertRefused("Cannot use --bootstrap with kid: it does not depend on it", words);
    words[2] = "--metrics=lpips";
    words[3] = "--lpips=" + ToyWeights.lpips(folder);
    words[4] = "--resize=16";
    assertRefused("images are 16 x 16, expected sides of at least 17", words);
  }

  @Test
  void imageCutShortIsBadInputAndItsSetIsNotKept() throws IOException {
    images("real", 3, 8, 1);
    List<Path> generated = images("generated", 3, 8, 2);
    byte[] whole = Files.readAllBytes(generated.get(1));
    Files.write(generated.get(1), java.util.Arrays.copyOf(whole, whole.length / 2));
    int code = run("--real=real", "--generated=generated", "--metrics=fid", "--network=" + WEIGHTS);
    assertEquals(CommandLine.BAD_INPUT, code, this::err);
    assertTrue(err().startsWith("Cannot score image generated/1001.png: "), err());
    assertEquals(1, err().lines().count(), err());
  }

  @Test
  void namesThatAreNoneAreAnsweredWithTheNearest() throws IOException {
    arrow("real.arrow", normal(20, 1, 0));
    assertRefused(
        "Cannot use metric 'fdi': it does not exist; did you mean 'fid'?",
        "--real=real.arrow",
        "--generated=real.arrow",
        "--metrics=fdi");
    assertRefused(
        "Cannot use protocol 'cleanfid': it does not exist; did you mean 'clean-fid'?",
        "--real=real.arrow",
        "--generated=real.arrow",
        "--metrics=fid",
        "--protocol=cleanfid");
    assertRefused("Cannot score without a metric", "--real=real.arrow", "--generated=real.arrow");
    assertRefused("expected --real and --generated", "--real=real.arrow", "--metrics=fid");
    assertRefused("expected --real and --generated", "--generated=real.arrow", "--metrics=is,fid");
  }

  private void assertSet(String message, String generated) throws IOException {
    assertRefused(message, "--real=real.arrow", "--generated=" + generated, "--metrics=fid");
  }

  private void assertFolder(String message, String generated) throws IOException {
    assertRefused(
        message,
        "--real=real",
        "--generated=" + generated,
        "--metrics=fid",
        "--network=" + WEIGHTS);
  }

  private void wide(String name) throws IOException {
    arrow(name, new float[7 * 20], 7);
  }
}
