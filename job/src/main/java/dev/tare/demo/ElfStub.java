package dev.tare.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A file that is what a scanner takes for a program: a valid 64-bit ELF header for x86-64 with one
 * program header, and after it as many bytes as a real program of this name might have. It does
 * nothing when it is started but exit.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html">ELF header</a>
 */
final class ElfStub {
  private static final long LOAD_ADDRESS = 0x400000;
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;

  /** xor edi,edi; mov eax,60; syscall: exit(0). */
  private static final byte[] EXIT = {0x31, (byte) 0xff, (byte) 0xb8, 60, 0, 0, 0, 0x0f, 0x05};

  private ElfStub() {}

  /** A stub of about this size whose content differs from that of every other name. */
  static byte[] of(String name, int sizeBytes) {
    return of(name, sizeBytes, List.of());
  }

  /** A stub that holds an applet table as busybox has it: names, each ended by a zero byte. */
  static byte[] of(String name, int sizeBytes, List<String> applets) {
    int code = HEADER_BYTES + PROGRAM_HEADER_BYTES;
    ByteBuffer head = ByteBuffer.allocate(code).order(ByteOrder.LITTLE_ENDIAN);
    head.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    head.putShort((short) 2).putShort((short) 62).putInt(1); // executable, x86-64
    head.putLong(LOAD_ADDRESS + code).putLong(HEADER_BYTES).putLong(0).putInt(0);
    head.putShort((short) HEADER_BYTES).putShort((short) PROGRAM_HEADER_BYTES).putShort((short) 1);
    head.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    head.putInt(1).putInt(5).putLong(0).putLong(LOAD_ADDRESS).putLong(LOAD_ADDRESS);
    head.putLong(sizeBytes).putLong(sizeBytes).putLong(0x1000);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head.array());
    file.writeBytes(EXIT);
    file.writeBytes((name + " stub of tare demo\0").getBytes(StandardCharsets.UTF_8));
    for (String applet : applets) {
      file.writeBytes((applet + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    file.write(0);
    byte[] rest = new byte[Math.max(0, sizeBytes - file.size())];
    new Random(name.hashCode()).nextBytes(rest);
    file.writeBytes(rest);
    return file.toByteArray();
  }
}
