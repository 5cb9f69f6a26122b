package dev.tare.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes ELF programs of headers alone. */
public final class ElfFiles {
  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int STRINGS = HEADER + 3 * PROGRAM_HEADER;
  private static final int DYNAMIC = 1_024;
  private static final int END = 2_048;

  private ElfFiles() {}

  /** One of 64 bits that is started with this interpreter, and needs these libraries. */
  public static byte[] linked(String interpreter, String... libraries) {
    ByteBuffer file = ByteBuffer.allocate(END).order(ByteOrder.LITTLE_ENDIAN);
    file.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).putShort(16, (short) 3);
    file.putLong(32, HEADER).putShort(54, (short) PROGRAM_HEADER).putShort(56, (short) 3);
    int at = STRINGS;
    header(file, 0, 3, at, interpreter.length() + 1); // PT_INTERP
    at = text(file, at, interpreter);
    header(file, 1, 1, 0, END); // PT_LOAD
    header(file, 2, 2, DYNAMIC, (libraries.length + 2) * 16L); // PT_DYNAMIC
    int entry = DYNAMIC;
    for (String library : libraries) {
      file.putLong(entry, 1).putLong(entry + 8, at - STRINGS); // DT_NEEDED
      at = text(file, at, library);
      entry += 16;
    }
    file.putLong(entry, 5).putLong(entry + 8, STRINGS); // DT_STRTAB
    return file.array();
  }

  /** One of 64 bits that nothing has to be loaded for. */
  public static byte[] standalone() {
    ByteBuffer file = ByteBuffer.allocate(END).order(ByteOrder.LITTLE_ENDIAN);
    file.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).putShort(16, (short) 2);
    file.putLong(32, HEADER).putShort(54, (short) PROGRAM_HEADER).putShort(56, (short) 1);
    header(file, 0, 1, 0, END);
    file.putInt(HEADER + 4, 1); // PF_X
    return file.array();
  }

  private static void header(ByteBuffer file, int number, int type, long offset, long size) {
    int at = HEADER + number * PROGRAM_HEADER;
    file.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, offset);
    file.putLong(at + 32, size).putLong(at + 40, size);
  }

  private static int text(ByteBuffer file, int at, String text) {
    file.put(at, text.getBytes(StandardCharsets.US_ASCII));
    return at + text.length() + 1;
  }
}
