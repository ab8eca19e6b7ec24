package partita.pipelines.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import partita.transforms.download.PinnedDownload;

/**
 * Where downloads are kept, and who is told of them.
 *
 * @param cache folder of all downloads
 * @param notice is told before something that takes a while
 */
record Downloads(Path cache, Consumer<String> notice) {

  /** The file of a download, from the cache if it is there. */
  Path fetch(PinnedDownload download) throws IOException {
    Path file = download.file(cache);
    if (!Files.isRegularFile(file)) {
      notice.accept("Downloading %s to %s".formatted(download.address(), file));
    }
    return download.fetch(cache);
  }
}
