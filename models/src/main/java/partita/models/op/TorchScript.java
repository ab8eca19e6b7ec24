package partita.models.op;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Methods written in TorchScript and run natively: operators that DJL does not bind, and whole
 * sequences of operators in one native call. TorchScript's serialized form is text; the archive
 * around it (an empty object of class {@code Ops}) is built in memory. Methods are differentiable
 * when gradients are recorded.
 */
public final class TorchScript {
  private static final String HEADER =
      "class Ops(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";

  // DJL's public entry point runs methods in libtorch's inference mode, which never records
  // gradients and whose results may not take part in a recorded operation later. The native one
  // has a flag that leaves the thread's gradient mode as it is.
  private static final MethodHandle RUN_METHOD;
  private static final MethodHandle NEW_IVALUE;

  static {
    try {
      Class<?> library = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
      MethodType type =
          MethodType.methodType(
              long.class, long.class, String.class, long[].class, boolean.class, boolean.class);
      RUN_METHOD =
          lookup
              .findVirtual(library, "moduleRunMethod", type)
              .bindTo(lookup.findStaticGetter(library, "LIB", library).invoke());
      NEW_IVALUE =
          lookup.findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final PtSymbolBlock module;

  /**
   * Compiles methods.
   *
   * @param methods TorchScript source, each method indented by two spaces and taking {@code self:
   *     __torch__.Ops} first
   */
  public TorchScript(String methods) {
    try {
      NDManager system = NDManager.newBaseManager("PyTorch");
      module =
          JniUtils.loadModule(
              (PtNDManager) system, new ByteArrayInputStream(archive(methods)), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot compile TorchScript methods", e);
    }
  }

  private TorchScript(PtSymbolBlock module) {
    this.module = module;
  }

  /**
   * A module that others saved ({@code torch.jit.save}), in evaluation mode. Its code is run as it
   * is.
   *
   * @param manager owns the module; its device is the module's
   */
  public static TorchScript load(NDManager manager, Path file) {
    return new TorchScript(
        JniUtils.loadModule(
            (PtNDManager) manager, file, true, new String[0], new String[0], false));
  }

  /**
   * Runs a method that returns one tensor. Arguments: {@link NDArray}, {@code List<NDArray>},
   * {@code long[]}, {@link Long}, {@link Integer}, {@link Double}, {@link Boolean}. The result
   * belongs to {@code manager}.
   */
  public NDArray run(NDManager manager, String method, Object... arguments) {
    IValue[] values = values(arguments);
    try (IValue result = call(method, values)) {
      return result.toTensor((PtNDManager) manager);
    } finally {
      Arrays.stream(values).forEach(IValue::close);
    }
  }

  /** Runs a method that returns a list of tensors. */
  public List<NDArray> runForList(NDManager manager, String method, Object... arguments) {
    IValue[] values = values(arguments);
    try (IValue result = call(method, values)) {
      return new ArrayList<>(Arrays.asList(result.toTensorArray((PtNDManager) manager)));
    } finally {
      Arrays.stream(values).forEach(IValue::close);
    }
  }

  private IValue call(String method, IValue[] arguments) {
    long[] handles = Arrays.stream(arguments).mapToLong(IValue::getHandle).toArray();
    // The optimizer rewrites a method after it has run once or twice, with other rounding: a run
    // that was resumed would differ from one that was not. The setting is this thread's.
    JniUtils.setGraphExecutorOptimize(false);
    try {
      long handle =
          (long) RUN_METHOD.invokeExact((long) module.getHandle(), method, handles, true, false);
      return (IValue) NEW_IVALUE.invokeExact(handle);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Cannot run TorchScript method " + method, e);
    }
  }

  private static IValue[] values(Object[] arguments) {
    return Arrays.stream(arguments).map(TorchScript::value).toArray(IValue[]::new);
  }

  private static IValue value(Object argument) {
    if (argument instanceof PtNDArray array) {
      return IValue.from(array);
    } else if (argument instanceof List<?> list) {
      return IValue.listFrom(list.toArray(PtNDArray[]::new));
    } else if (argument instanceof long[] longs) {
      return IValue.listFrom(longs);
    } else if (argument instanceof Long || argument instanceof Integer) {
      return IValue.from(((Number) argument).longValue());
    } else if (argument instanceof Double number) {
      return IValue.from(number);
    } else if (argument instanceof Boolean flag) {
      return IValue.from(flag);
    }
    throw new IllegalArgumentException(
        "Cannot pass " + argument.getClass().getName() + " to a TorchScript method");
  }

  private static byte[] archive(String methods) throws IOException {
    // An empty object of class __torch__.Ops: PROTO 2, GLOBAL, EMPTY_TUPLE, NEWOBJ, EMPTY_DICT,
    // its one attribute `training`, BUILD, STOP.
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(new byte[] {(byte) 0x80, 2});
    object.writeBytes("c__torch__\nOps\n".getBytes(StandardCharsets.US_ASCII));
    object.writeBytes(new byte[] {')', (byte) 0x81, '}', 'X', 8, 0, 0, 0});
    object.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
    object.writeBytes(new byte[] {(byte) 0x89, 's', 'b', '.'});
    byte[] emptyTuple = {(byte) 0x80, 2, ')', '.'};
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      stored(zip, "ops/data.pkl", object.toByteArray());
      stored(zip, "ops/code/__torch__.py", (HEADER + methods).getBytes(StandardCharsets.UTF_8));
      stored(zip, "ops/constants.pkl", emptyTuple);
      stored(zip, "ops/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
    return archive.toByteArray();
  }

  private static void stored(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
