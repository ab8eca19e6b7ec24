package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.Sha256;
import partita.schemas.artifact.WorkArea;

/** Runs that end at each single operation of the store, as if the machine had lost power there. */
class CrashTest {
  @TempDir private Path folder;

  @BeforeEach
  void forgetShards() {
    Toys.reset();
  }

  @Test
  void runThatCrashedBeforeAnyOperationOfTheStoreEndsAsIfItHadNot() throws IOException {
    assertResumes(false);
  }

  @Test
  void runThatCrashedAfterAnyOperationOfTheStoreEndsAsIfItHadNot() throws IOException {
    assertResumes(true);
  }

  private void assertResumes(boolean after) throws IOException {
    PowerCut none = new PowerCut(Integer.MAX_VALUE, after);
    Path whole = folder.resolve("whole");
    assertEquals("succeeded", run(none.over(open(whole))).status());
    Map<String, String> expected = digests(open(whole));
    assertEquals(3, expected.size());
    assertTrue(none.operations > 40, none.operations + " operations");

    for (int operation = 0; operation < none.operations; operation++) {
      Path root = folder.resolve("crashed-" + operation);
      PowerCut cut = new PowerCut(operation, after);
      ArtifactStore doomed = cut.over(open(root));
      assertThrows(PowerCut.Off.class, () -> run(doomed), cut::toString);

      RunRecord resumed = run(open(root));

      assertEquals("succeeded", resumed.status(), cut + ": " + resumed.message());
      assertEquals(expected, digests(open(root)), cut::toString);
    }
  }

  private static ArtifactStore open(Path root) throws IOException {
    return ArtifactStores.open(root.toString());
  }

  private static RunRecord run(ArtifactStore store) throws IOException {
    Stage emit = Stage.of("emit", new Toys.Emit("ab", 2), 7, Map.of());
    Stage head = Stage.of("head", new Toys.Head(2), 7, Map.of("text", emit));
    Stage join = Stage.of("join", new Toys.Join("-"), 7, Map.of("text", head));
    StageGraph graph = StageGraph.of("toy", List.of(join));
    return new Executor(
            store, Toys.CPU, Toys.sameThread(), RunListener.SILENT, new StopRequest(), false)
        .run(graph, RunRequest.of(Selection.ALL));
  }

  /** Content digest of every artifact by its action; the bytes of all blobs are read for it. */
  private static Map<String, String> digests(ArtifactStore store) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (Manifest manifest : store.manifests()) {
      for (FileEntry file : manifest.files()) {
        assertEquals(file.sha256(), Sha256.of(store.blob(file)), file.name());
      }
      digests.put(manifest.actionKey(), manifest.contentDigest());
    }
    return digests;
  }

  /** Ends everything at one operation of a store or of what it gave out, and all that follows. */
  private static final class PowerCut {
    private final int last;
    private final boolean after;
    private int operations;
    private String where = "nowhere";

    /**
     * @param last index of the operation at which the power goes
     * @param after whether that one still takes effect
     */
    PowerCut(int last, boolean after) {
      this.last = last;
      this.after = after;
    }

    static final class Off extends Error {
      private static final long serialVersionUID = 1;
    }

    ArtifactStore over(ArtifactStore store) {
      return over(ArtifactStore.class, store);
    }

    private <T> T over(Class<T> type, Object real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                int operation = operations++;
                if (operation == last) {
                  where = type.getSimpleName() + "." + method.getName();
                }
                if (operation > last || (operation == last && !after)) {
                  throw new Off();
                }
                Object result;
                try {
                  result = method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                if (operation == last) {
                  if (result instanceof ArtifactStore.Lease lease) {
                    lease.close(); // the system drops what a dead process held
                  }
                  throw new Off();
                }
                return wrapped(result);
              }));
    }

    private Object wrapped(Object result) {
      if (result instanceof WorkArea) {
        return over(WorkArea.class, result);
      }
      return result;
    }

    @Override
    public String toString() {
      return "power cut %s operation %d, %s".formatted(after ? "after" : "before", last, where);
    }
  }
}
