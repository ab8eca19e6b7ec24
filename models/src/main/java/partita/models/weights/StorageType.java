package partita.models.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Element type of stored tensors, and how its little-endian elements become float32. */
enum StorageType {
  FLOAT("float32", "FloatStorage", "F32", "f4", 4) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getFloat(index * 4);
    }
  },
  DOUBLE("float64", "DoubleStorage", "F64", "f8", 8) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return (float) bytes.getDouble(index * 8);
    }
  },
  HALF("float16", "HalfStorage", "F16", "f2", 2) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return half(bytes.getShort(index * 2));
    }
  },
  BFLOAT16("bfloat16", "BFloat16Storage", "BF16", "", 2) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return Float.intBitsToFloat(bytes.getShort(index * 2) << 16);
    }
  },
  LONG("int64", "LongStorage", "I64", "i8", 8) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getLong(index * 8);
    }
  },
  INT("int32", "IntStorage", "I32", "i4", 4) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getInt(index * 4);
    }
  },
  SHORT("int16", "ShortStorage", "I16", "i2", 2) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getShort(index * 2);
    }
  },
  CHAR("int8", "CharStorage", "I8", "i1", 1) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.get(index);
    }
  },
  BYTE("uint8", "ByteStorage", "U8", "u1", 1) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.get(index) & 0xFF;
    }
  },
  UINT16("uint16", "", "U16", "u2", 2) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getShort(index * 2) & 0xFFFF;
    }
  },
  UINT32("uint32", "", "U32", "u4", 4) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.getInt(index * 4) & 0xFFFFFFFFL;
    }
  },
  UINT64("uint64", "", "U64", "u8", 8) {
    @Override
    float get(ByteBuffer bytes, int index) {
      long bits = bytes.getLong(index * 8);
      // Halved to fit a signed number; the last bit is kept for correct rounding.
      return bits >= 0 ? bits : 2f * (bits >>> 1 | bits & 1);
    }
  },
  BOOL("bool", "BoolStorage", "BOOL", "b1", 1) {
    @Override
    float get(ByteBuffer bytes, int index) {
      return bytes.get(index);
    }
  };

  /** More than any file has, and few enough to count their bytes without overflow. */
  static final long MOST_ELEMENTS = 1L << 48;

  private final String word;
  private final String torchClass;
  private final String safetensors;
  private final String numpy;
  private final int bytes;

  /**
   * @param word name as Python's libraries print it
   * @param torchClass storage class in Python's module {@code torch}; empty if it has none
   * @param safetensors name in safetensors files
   * @param numpy kind and bytes as NumPy writes them; empty if it has none
   * @param bytes of an element
   */
  StorageType(String word, String torchClass, String safetensors, String numpy, int bytes) {
    this.word = word;
    this.torchClass = torchClass;
    this.safetensors = safetensors;
    this.numpy = numpy;
    this.bytes = bytes;
  }

  /** The type of a storage class in Python's module {@code torch}. */
  static Optional<StorageType> ofTorchClass(String name) {
    return find(type -> type.torchClass, name);
  }

  /** The type that a safetensors file names. */
  static Optional<StorageType> ofSafetensors(String name) {
    return find(type -> type.safetensors, name);
  }

  /** The type that NumPy names, {@code f4}, without its byte order. */
  static Optional<StorageType> ofNumpy(String name) {
    return find(type -> type.numpy, name);
  }

  /** The type of a word, {@code float32}. */
  static Optional<StorageType> ofWord(String name) {
    return find(type -> type.word, name);
  }

  private static Optional<StorageType> find(Function<StorageType, String> of, String name) {
    return Arrays.stream(values())
        .filter(type -> !name.isEmpty() && of.apply(type).equals(name))
        .findFirst();
  }

  /** Name as Python's libraries print it, {@code float32}. */
  String word() {
    return word;
  }

  /** Name in safetensors files, {@code F32}. */
  String safetensors() {
    return safetensors;
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
