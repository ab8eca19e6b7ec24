package partita.schemas.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The files of a store in a folder; the time of a file's last modification is that of its use. */
final class LocalStoreFiles implements StoreFiles {
  private final Path root;
  private final CommitLock lock;
  private final TemporaryFiles temporary;

  LocalStoreFiles(Path root, CommitLock lock, TemporaryFiles temporary) {
    this.root = root;
    this.lock = lock;
    this.temporary = temporary;
  }

  @Override
  public List<StoredFile> list(String prefix) throws IOException {
    List<StoredFile> found = new ArrayList<>();
    Path folder = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(folder, new Listing(prefix, found));
    }
    found.sort(Comparator.comparing(StoredFile::name));
    return found;
  }

  /** Collects files, passing over those that somebody else removes meanwhile. */
  private final class Listing extends SimpleFileVisitor<Path> {
    private final String prefix;
    private final List<StoredFile> found;

    Listing(String prefix, List<StoredFile> found) {
      this.prefix = prefix;
      this.found = found;
    }

    /** What cannot have the prefix is not walked through: checkpoints are many. */
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = name(folder) + "/";
      return name.startsWith(prefix) || prefix.startsWith(name)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      StoredFile stored = stored(file, attributes);
      if (stored.name().startsWith(prefix)) {
        found.add(stored);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  /** The inode tells a file from one that was renamed over it within a tick of the clock. */
  private StoredFile stored(Path file, BasicFileAttributes attributes) {
    FileTime modified = attributes.lastModifiedTime();
    return new StoredFile(
        name(file),
        attributes.size(),
        modified.toInstant(),
        modified.to(TimeUnit.NANOSECONDS) + " " + attributes.fileKey());
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  private StoredFile stored(Path file, String name) throws IOException {
    StoredFile now = stored(file, Files.readAttributes(file, BasicFileAttributes.class));
    return new StoredFile(name, now.bytes(), now.modified(), now.version());
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(root.resolve(name));
  }

  @Override
  public boolean touch(String name) throws IOException {
    try {
      Files.setLastModifiedTime(root.resolve(name), FileTime.from(Instant.now()));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (FileSystemException e) {
      if (e instanceof AccessDeniedException
          || "Operation not permitted".equalsIgnoreCase(e.getReason())) {
        return rewrite(root.resolve(name));
      }
      throw e;
    }
  }

  /** Only the owner may set a file's time; whoever shares the folder may put an equal one there. */
  private boolean rewrite(Path place) throws IOException {
    return lock.hold(
        () -> {
          if (!Files.exists(place)) {
            return false;
          }
          Path copy = temporary.next(".touched");
          Files.copy(place, copy); // its time is now, unless one asks for the old one
          keepPermissions(place, copy);
          DurableFile.place(copy, place, temporary);
          return true;
        });
  }

  /** Whoever could read the file can read the copy, whatever our own mask is. */
  private static void keepPermissions(Path from, Path to) throws IOException {
    if (Files.getFileStore(to).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(from);
      permissions.add(PosixFilePermission.OWNER_WRITE); // it is forced to the disk through a write
      Files.setPosixFilePermissions(to, permissions);
    }
  }

  /**
   * Moved away first and looked at again there, where nobody else can touch it. No commit comes
   * between, which would miss a blob that is put back.
   */
  @Override
  public boolean remove(StoredFile file) throws IOException {
    Path place = root.resolve(file.name());
    return lock.hold(
        () -> {
          Path away = temporary.next(".removed");
          try {
            if (!stored(place, file.name()).equals(file)) {
              return false;
            }
            DurableFile.rename(place, away);
          } catch (NoSuchFileException e) {
            return true;
          }
          if (stored(away, file.name()).equals(file)) {
            Files.delete(away);
            return true;
          }
          putBack(away, place);
          return false;
        });
  }

  /** Unless a newer one has taken its place. */
  private static void putBack(Path away, Path place) throws IOException {
    try {
      Files.createLink(place, away);
    } catch (FileAlreadyExistsException newer) {
      Files.delete(away);
      return;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      DurableFile.rename(away, place); // the lock is held, so no newer one comes between
      return;
    }
    Files.delete(away);
  }
}
