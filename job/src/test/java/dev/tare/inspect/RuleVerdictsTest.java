package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.policy.PolicyEngine;
import dev.tare.policy.PolicyEngines;
import dev.tare.policy.PolicySettings;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what the built-in rules say of real images: a line that changes has to be read before it is
 * committed. {@code -Dtare.refresh=true} writes it again.
 */
class RuleVerdictsTest {
  private static final Path GOLDEN =
      TestImages.repository().resolve("job/src/test/resources/verdicts/real-images.txt");

  @Test
  void verdictsOnRealImagesStayAsTheyWereRead(@TempDir Path scratch) throws IOException {
    RealImages images = new RealImages(scratch);
    Map<String, ImageFacts> facts = new LinkedHashMap<>();
    facts.put(
        "debian-bookworm-minbase", images.rootfs("rootfs/debian-bookworm-minbase-amd64.tar.xz"));
    facts.put("alpine-3.18.9", images.rootfs("rootfs/alpine-3.18.9-x86_64.tar.gz"));
    facts.put("almalinux-9.3-micro", images.rootfs("rootfs/almalinux-9.3-micro-arm64.tar.xz"));
    facts.put("distroless-static", images.rootfs("rootfs/distroless-static-layer-3ddae621.tar.gz"));
    facts.put("pause-2.0", images.dockerSave("docker-save/pause-2.0.tar"));
    facts.put("dive-busybox", images.dockerSave("docker-save/dive-busybox-14layers.tar"));
    facts.put("almalinux-8.8-micro", images.rootfs("rootfs/almalinux-8.8-micro-s390x.tar.xz"));
    for (String name :
        List.of(
            "alpine-3.10.2-trivy.tar.gz",
            "alpine-3.15.0.tar.gz",
            "alpine-3.10-4gzlayers-whiteout.tar",
            "busybox-cargo-lock.tar.gz",
            "busybox-whiteout.tar",
            "java-uberjar.tar",
            "hello-world-docker25.tar",
            "nginx-debian10-pkgdb-only.tar")) {
      facts.put(name, images.dockerSave("docker-save/" + name));
    }
    for (String name :
        List.of(
            "npm-lock-alpine3.19.tar",
            "busybox-arm64-attestation.tar",
            "busybox-arm64-partial-index.tar",
            "dive-zstd.tar",
            "dive-estargz.tar",
            "dive-uncompressed.tar")) {
      facts.put(name, images.archive("oci/" + name));
    }
    for (String name :
        List.of(
            "busybox-1.37-musl-amd64",
            "hello-world-9arch",
            "whiteout-explicit-file",
            "whiteout-opaque",
            "hard-link-delete-1")) {
      facts.put(name, images.layout("oci/" + name));
    }
    StringBuilder verdicts = new StringBuilder();
    try (PolicyEngine engine = PolicyEngines.open(List.of(), PolicySettings.defaults())) {
      facts.forEach((name, image) ->
          verdicts.append(page(name, engine.evaluate(document(image)))).append("\n"));
      JsonNode apache =
          JsonMapper.shared()
              .readTree(Files.readString(GOLDEN.resolveSibling("debian-apache.json")));
      verdicts.append(page("debian-apache", engine.evaluate(apache))).append("\n");
    }
    if (Boolean.getBoolean("tare.refresh")) {
      Files.writeString(GOLDEN, verdicts);
    }
    assertThat(verdicts.toString()).isEqualTo(Files.readString(GOLDEN));
  }

  private static JsonNode document(ImageFacts facts) {
    return JsonMapper.shared().readTree(FactsJson.write(facts));
  }

  private static String page(String name, List<Outcome> outcomes) {
    String lines =
        outcomes.stream()
            .filter(outcome -> outcome.kind() != OutcomeKind.PASS)
            .map(outcome ->
                "%s %s %s: %s\n"
                    .formatted(
                        outcome.rule(),
                        outcome.kind().word(),
                        outcome.severity().word(),
                        outcome.message()))
            .collect(Collectors.joining());
    String passed =
        outcomes.stream()
            .filter(outcome -> outcome.kind() == OutcomeKind.PASS)
            .map(Outcome::rule)
            .collect(Collectors.joining(" "));
    return "== " + name + "\n" + lines + "pass: " + passed + "\n";
  }
}
