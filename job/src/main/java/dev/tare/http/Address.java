package dev.tare.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An IP address of either version. */
final class Address {
  private static final Pattern LITERAL =
      Pattern.compile("\\[?[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%[^\\]]*)?]?|[0-9.]+|0[xX][0-9a-fA-F.xX]*");

  private final byte[] bytes;

  private Address(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What is written as an address, in brackets or not; null for a name. Looks nothing up. */
  static @Nullable Address parse(String host) {
    if (!LITERAL.matcher(host).matches()) {
      return null;
    }
    try {
      return of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return null;
    }
  }

  static Address of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new Address(carriesVersion4(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes);
  }

  /** NAT64 (64:ff9b::/96), and addresses of version 4 written as ones of version 6. */
  private static boolean carriesVersion4(byte[] bytes) {
    if (bytes.length != 16) {
      return false;
    }
    boolean nat64 =
        bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b;
    for (int i = nat64 ? 4 : 0; i < 12; i++) {
      boolean mapped = !nat64 && i >= 10 && bytes[i] == -1;
      if (bytes[i] != 0 && !mapped) {
        return false;
      }
    }
    // ::1 and :: are themselves.
    return bytes[12] != 0 || bytes[13] != 0 || bytes[14] != 0;
  }

  /** Whether the first bits are those of a network. */
  boolean startsWith(Address network, int bits) {
    if (network.bytes.length != bytes.length || bits > bytes.length * 8) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((bytes[bit / 8] & mask) != (network.bytes[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where it can be reached from.
   *
   * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special
   *     addresses</a>
   */
  Reach reach() {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (bytes.length == 4) {
      return switch (first) {
        case 0, 127 -> Reach.LOOPBACK;
        case 10 -> Reach.PRIVATE;
        case 100 -> second >= 64 && second < 128 ? Reach.PRIVATE : Reach.PUBLIC;
        case 169 -> second == 254 ? Reach.LINK_LOCAL : Reach.PUBLIC;
        case 172 -> second >= 16 && second < 32 ? Reach.PRIVATE : Reach.PUBLIC;
        case 192 -> second == 168 ? Reach.PRIVATE : Reach.PUBLIC;
        default -> Reach.PUBLIC;
      };
    }
    boolean zero = true;
    for (int i = 0; i < 15; i++) {
      zero &= bytes[i] == 0;
    }
    if (zero) {
      return Reach.LOOPBACK; // :: and ::1
    }
    if (first == 0xfe && second >= 0x80) {
      return second < 0xc0 ? Reach.LINK_LOCAL : Reach.PRIVATE;
    }
    return (first & 0xfe) == 0xfc ? Reach.PRIVATE : Reach.PUBLIC;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Address address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
