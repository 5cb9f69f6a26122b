package dev.tare.inspect;

import dev.tare.inspect.secret.SecretText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image's config, manifest, index or attestation as it may be kept and shown: every text in it
 * without the values of secrets, whatever the member's name, since builders add members of their
 * own. Digests, names and everything else stay. What is signed is masked inside its envelope, so
 * its signature does not fit any more.
 */
public final class ShownDocument {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ShownDocument() {}

  /** The same document; what is no object in JSON comes back as it is. */
  public static byte[] of(byte[] document) {
    try {
      JsonNode root = MAPPER.readTree(document);
      if (root instanceof ObjectNode object) {
        String before = root.toString();
        maskMembers(object);
        return root.toString().equals(before) ? document : MAPPER.writeValueAsBytes(root);
      }
    } catch (JacksonException e) {
      // Whoever reads it says what is wrong with it.
    }
    return document;
  }

  private static void maskMembers(ObjectNode object) {
    for (String name : List.copyOf(object.propertyNames())) {
      JsonNode value = object.get(name);
      if (value.isString()) {
        String text = value.stringValue();
        String payload = name.equals("payload") ? maskedPayload(text) : null;
        object.put(name, payload == null ? SecretText.maskedValue(name, text) : payload);
      } else if (value instanceof ArrayNode array) {
        maskElements(array, name.equals("Env"));
      } else if (value instanceof ObjectNode inner) {
        maskMembers(inner);
      }
    }
  }

  /**
   * The payload of an <a href="https://github.com/secure-systems-lab/dsse">envelope</a>, a document
   * in base64; null where it is none.
   */
  private static @Nullable String maskedPayload(String encoded) {
    try {
      byte[] document = Base64.getDecoder().decode(encoded);
      return MAPPER.readTree(document).isObject()
          ? Base64.getEncoder().encodeToString(of(document))
          : null;
    } catch (IllegalArgumentException | JacksonException e) {
      return null;
    }
  }

  private static void maskElements(ArrayNode array, boolean variables) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      if (element.isString()) {
        texts.add(element.stringValue());
      } else if (element instanceof ObjectNode inner) {
        maskMembers(inner);
      } else if (element instanceof ArrayNode inner) {
        maskElements(inner, false);
      }
    }
    if (texts.size() == array.size()) {
      List<String> masked =
          variables
              ? texts.stream().map(SecretText::maskedVariable).toList()
              : SecretText.masked(texts);
      array.removeAll();
      masked.forEach(array::add);
    }
  }
}
