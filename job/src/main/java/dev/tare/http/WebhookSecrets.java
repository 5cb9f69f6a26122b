package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What messages to one address are signed with, as Standard Webhooks has it: one secret, or while
 * one takes the place of another, both. They appear in no message.
 *
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
public final class WebhookSecrets {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final int MOST_SECRETS = 4;

  private final List<SecretKeySpec> keys;

  private WebhookSecrets(List<SecretKeySpec> keys) {
    this.keys = List.copyOf(keys);
  }

  /** For addresses that are secret themselves. */
  public static WebhookSecrets none() {
    return new WebhookSecrets(List.of());
  }

  /**
   * Reads them.
   *
   * @param words {@code whsec_MfKQ9r8G…}, the newest first, with white space in between
   * @throws TareException USAGE where one is none
   */
  public static WebhookSecrets parse(String words) {
    List<SecretKeySpec> keys = new ArrayList<>();
    for (String word : words.strip().split("\\s+", -1)) {
      keys.add(new SecretKeySpec(bytes(word, keys.size() + 1), ALGORITHM));
    }
    if (keys.size() > MOST_SECRETS) {
      throw unusable(keys.size() + " of them: expected at most " + MOST_SECRETS);
    }
    return new WebhookSecrets(keys);
  }

  private static byte[] bytes(String word, int position) {
    String which = "number " + position + ": ";
    if (!word.startsWith(PREFIX)) {
      throw unusable(which + "expected whsec_ and Base64");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(word.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw unusable(which + "what follows whsec_ is not Base64"); // The cause quotes it.
    }
    if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
      throw unusable(
          which + bytes.length + " bytes: expected " + LEAST_BYTES + " to " + MOST_BYTES);
    }
    return bytes;
  }

  private static TareException unusable(String why) {
    return new TareException(
        FailureKind.USAGE,
        "the secret of the webhook cannot be used: " + why,
        "Make one: echo \"whsec_$(openssl rand -base64 32)\".");
  }

  /**
   * The header {@code webhook-signature}: one for each secret.
   *
   * @param id of the message, without a full stop
   * @param seconds of the epoch, when it is sent
   */
  String sign(String id, long seconds, byte[] body) {
    byte[] head = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> "v1," + Base64.getEncoder().encodeToString(code(key, head, body)))
        .collect(Collectors.joining(" "));
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  private static byte[] code(SecretKeySpec key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(head);
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** How many there are. */
  @Override
  public String toString() {
    return keys.size() + " secrets";
  }
}
