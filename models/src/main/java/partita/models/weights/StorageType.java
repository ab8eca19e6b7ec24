package partita.models.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Element type of a PyTorch storage, and how its little-endian elements become float32. */
enum StorageType {
  FLOAT("FloatStorage", 4) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getFloat(index * 4);
    }
  },
  DOUBLE("DoubleStorage", 8) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return (float) bytes.getDouble(index * 8);
    }
  },
  HALF("HalfStorage", 2) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return half(bytes.getShort(index * 2));
    }
  },
  BFLOAT16("BFloat16Storage", 2) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return Float.intBitsToFloat(bytes.getShort(index * 2) << 16);
    }
  },
  LONG("LongStorage", 8) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getLong(index * 8);
    }
  },
  INT("IntStorage", 4) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getInt(index * 4);
    }
  },
  SHORT("ShortStorage", 2) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getShort(index * 2);
    }
  },
  CHAR("CharStorage", 1) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.get(index);
    }
  },
  BYTE("ByteStorage", 1) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.get(index) & 0xFF;
    }
  },
  BOOL("BoolStorage", 1) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.get(index);
    }
  };

  private final String className;
  private final int bytes;

  StorageType(String className, int bytes) {
    this.className = className;
    this.bytes = bytes;
  }

  /** The type of a storage class in Python's module {@code torch}. */
  static Optional<StorageType> ofClass(String name) {
    return Arrays.stream(values()).filter(type -> type.className.equals(name)).findFirst();
  }

  /** Bytes of an element. */
  int bytes() {
    return bytes;
  }

  /** One element. */
  abstract float get(ByteBuffer bytes, int index);

  /** IEEE 754 binary16. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      return Float.intBitsToFloat(sign | Float.floatToIntBits(fraction * 0x1p-24f));
    }
    int biased = exponent == 0x1F ? 0xFF : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | biased << 23 | fraction << 13);
  }
}
