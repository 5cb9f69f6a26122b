package dev.tare.http;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * Puts the older encodings of private keys into that of today, the only one that Java reads:
 *
 * <pre>
 * PrivateKeyInfo ::= SEQUENCE {
 *   version              INTEGER,              -- 0
 *   privateKeyAlgorithm  SEQUENCE { OID, parameters },
 *   privateKey           OCTET STRING }        -- the older form
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5208#section-5">PKCS #8</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2">PKCS #1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5915#section-3">Keys for elliptic curves</a>
 */
final class KeyEncoding {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;

  /** The element {@code [0]} of an elliptic curve's key: the name of the curve. */
  private static final int CURVE = 0xa0;

  private static final byte[] VERSION = hex("020100");
  private static final byte[] RSA = hex("06092a864886f70d0101010500");
  private static final byte[] EC = hex("06072a8648ce3d0201");

  private KeyEncoding() {}

  /** Of PKCS #1. */
  static byte[] ofRsa(byte[] key) {
    return wrapped(RSA, key);
  }

  /** Of SEC 1; what names no curve stays what Java does not read. */
  static byte[] ofEc(byte[] key) {
    return wrapped(joined(EC, curve(key)), key);
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, joined(VERSION, element(SEQUENCE, algorithm), element(OCTETS, key)));
  }

  /** The object identifier of the curve, with its tag and length; empty where there is none. */
  private static byte[] curve(byte[] key) {
    for (int i = 0; i + 4 < key.length; i++) {
      int length = key[i + 3];
      if ((key[i] & 0xff) == CURVE
          && key[i + 1] == length + 2
          && key[i + 2] == OBJECT_IDENTIFIER
          && length > 0
          && i + 4 + length <= key.length) {
        byte[] found = new byte[length + 2];
        System.arraycopy(key, i + 2, found, 0, found.length);
        return found;
      }
    }
    return new byte[0];
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.length;
    if (length < 0x80) {
      element.write(length);
    } else {
      int bytes = (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
      element.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        element.write(length >> (8 * i));
      }
    }
    element.writeBytes(content);
    return element.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
