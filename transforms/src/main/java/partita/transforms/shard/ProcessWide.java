package partita.transforms.shard;

import java.util.function.Supplier;

/**
 * What there is one of in a process. A worker of a cluster loads our classes anew for each job, and
 * their static fields with them; the native engine and a file's lock belong to the process.
 */
public final class ProcessWide {

  private ProcessWide() {}

  /**
   * The one of a name, made by whoever asks first.
   *
   * @param value made of the JDK's classes only: those of one job mean nothing to another
   */
  @SuppressWarnings("unchecked") // who asks by the same name asks for the same type
  public static <T> T of(String name, Supplier<T> value) {
    return (T) System.getProperties().computeIfAbsent("partita." + name, unused -> value.get());
  }
}
