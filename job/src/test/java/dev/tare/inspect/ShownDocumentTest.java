package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ShownDocumentTest {
  private static final String PROVENANCE =
      """
      {"predicateType":"https://slsa.dev/provenance/v0.2","predicate":{"invocation":{"parameters":{"args":\
      {"build-arg:NPM_TOKEN":"hunter2","build-arg:VERSION":"1.2"}}},\
      "materials":[{"uri":"https://ann:hunter2@git.example/x.git","digest":{"sha1":"ab"}}]}}\
      """;

  private static final String MASKED =
      PROVENANCE.replace("\"hunter2\"", "\"***\"").replace(":hunter2@", ":***@");

  private static String shown(String document) {
    return new String(
        ShownDocument.of(document.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void buildArgumentsOfAnAttestationAreMaskedAndItsMaterialsStay() {
    assertThat(shown(PROVENANCE)).isEqualTo(MASKED);
    assertThat(shown("{\"payload\":\"" + base64(PROVENANCE) + "\",\"signatures\":[]}"))
        .isEqualTo("{\"payload\":\"" + base64(MASKED) + "\",\"signatures\":[]}");
  }

  @Test
  void documentWithoutSecretsIsTheSameToTheByte() {
    for (String document :
        new String[] {
          "{ \"config\" : {\"Env\":[\"PATH=/bin\"]} }", "[1]", "no JSON", "{\"payload\":\"x\"}", ""
        }) {
      assertThat(shown(document)).isEqualTo(document);
    }
  }
}
