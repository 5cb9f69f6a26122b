package dev.tare.store;

import dev.tare.oci.Digest;
import dev.tare.store.packed.StoredJson;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A JSON value as it is stored: deflated, and known by a hash of that.
 *
 * @param hash 32 letters and digits, equal for equal values
 */
record PackedJson(String hash, byte[] deflated) {
  private static final int HASH_BYTES = 24;

  static PackedJson of(Object value) {
    byte[] deflated = StoredJson.deflated(value);
    return new PackedJson(hash(deflated), deflated);
  }

  /** Of 192 bits: nobody finds two values of one. */
  static String hash(byte[] content) {
    byte[] sha256 = HexFormat.of().parseHex(Digest.sha256(content).hex());
    byte[] first = Arrays.copyOf(sha256, HASH_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(first);
  }
}
