package partita.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Tile;

class PngTileTest {

  private static BufferedImage decode(Tile tile) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(tile.png())));
  }

  @Test
  void colorsOfPlanarPixelsArriveUnchanged() throws IOException {
    byte[] pixels = {(byte) 200, 10, 20, 30, 40, (byte) 255};
    BufferedImage image = decode(PngTile.of(Origin.REAL, "", pixels, 3, 1, 2, 64));
    assertEquals((200 << 16) | (20 << 8) | 40, image.getRGB(0, 0) & 0xffffff);
    assertEquals((10 << 16) | (30 << 8) | 255, image.getRGB(1, 0) & 0xffffff);
  }

  @Test
  void grayPixelsArriveUnchanged() throws IOException {
    byte[] pixels = {0, 100, (byte) 128, (byte) 255};
    BufferedImage image = decode(PngTile.of(Origin.REAL, "", pixels, 1, 2, 2, 64));
    assertEquals(100, image.getRaster().getSample(1, 0, 0));
    assertEquals(128, image.getRaster().getSample(0, 1, 0));
    assertEquals(255, image.getRaster().getSample(1, 1, 0));
  }

  @Test
  void largeImagesAreReducedByAveraging() throws IOException {
    byte[] pixels = {0, 100, 50, 50, (byte) 200, 100, 50, 50};
    Tile tile = PngTile.of(Origin.REAL, "", pixels, 1, 2, 4, 2);
    assertEquals(2, tile.width());
    assertEquals(1, tile.height());
    assertEquals(100, decode(tile).getRaster().getSample(0, 0, 0));
    assertEquals(50, decode(tile).getRaster().getSample(1, 0, 0));
  }

  @Test
  void wrongNumberOfBytesIsRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> PngTile.of(Origin.REAL, "", new byte[5], 1, 2, 2, 64));
    assertTrue(error.getMessage().contains("5 bytes as [1, 2, 2]"), error.getMessage());
  }
}
