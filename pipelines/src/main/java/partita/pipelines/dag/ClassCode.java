package partita.pipelines.dag;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import partita.schemas.artifact.KeyHasher;

/**
 * One class file in canonical form.
 *
 * @param digest SHA-256 of the class without debug information and nest bookkeeping, its constants
 *     in the order of their use, and of the resources that its string constants name
 * @param references internal names of every class that its code, types or annotations mention
 */
record ClassCode(String digest, SortedSet<String> references) {

  static ClassCode of(ClassReader reader, ClassLoader loader) {
    ClassWriter canonical = new ClassWriter(0);
    References references = new References();
    Visitor visitor = new Visitor(canonical, references);
    reader.accept(visitor, ClassReader.SKIP_DEBUG);
    KeyHasher hasher = new KeyHasher("class").put("bytecode", canonical.toByteArray());
    for (String constant : visitor.texts) {
      putResource(hasher, reader.getClassName(), constant, loader);
    }
    return new ClassCode(hasher.digest(), references.names);
  }

  /** TorchScript and other sources that are data to the compiler but code to us. */
  private static void putResource(
      KeyHasher hasher, String className, String constant, ClassLoader loader) {
    String folder = className.substring(0, className.lastIndexOf('/') + 1);
    String path = constant.startsWith("/") ? constant.substring(1) : folder + constant;
    try (InputStream in = loader.getResourceAsStream(path)) {
      if (in != null) {
        hasher.put("resource", path).put("content", in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot digest resource " + path + " of " + className, e);
    }
  }

  /** Maps every name to itself and remembers it. */
  private static final class References extends Remapper {
    private final SortedSet<String> names = new TreeSet<>();

    @Override
    public String map(String internalName) {
      names.add(internalName);
      return internalName;
    }
  }

  /**
   * Leaves out which classes are nested beside this one: a new neighbor changes that list but no
   * code.
   */
  private static final class Visitor extends ClassRemapper {
    private final SortedSet<String> texts = new TreeSet<>();

    Visitor(ClassVisitor next, Remapper remapper) {
      super(Opcodes.ASM9, next, remapper);
    }

    @Override
    public void visitNestHost(String nestHost) {}

    @Override
    public void visitNestMember(String nestMember) {}

    @Override
    public void visitInnerClass(String name, String outerName, String innerName, int access) {}

    @Override
    public void visitOuterClass(String owner, String name, String descriptor) {}

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(
          Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitLdcInsn(Object value) {
          if (value instanceof String text && text.matches("/?[\\w-]+([./][\\w-]+)+")) {
            texts.add(text);
          }
          super.visitLdcInsn(value);
        }
      };
    }
  }
}
