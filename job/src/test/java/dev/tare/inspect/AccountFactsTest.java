package dev.tare.inspect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.inspect.config.ShadowFiles;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which accounts are asked for a password. */
class AccountFactsTest {
  private static final String HASH = "$6$rounds=5000$salt$hash/of.it";

  /** As in alpine:3.4, CVE-2019-5021. */
  @Test
  void rootWithNothingInShadowHasNoPassword() {
    assertThat(
            empty(
                LayerTar.of()
                    .file(
                        "etc/passwd",
                        "root:x:0:0:root:/root:/bin/ash\nbin:x:1:1::/bin:/bin/false\n")
                    .file("etc/shadow", "root:::0:::::\nbin:!::0:::::\n")))
        .containsExactlyInAnyOrderEntriesOf(Map.of("root", true, "bin", false));
  }

  @Test
  void passwdWinsOverShadow() {
    assertThat(
            empty(
                LayerTar.of()
                    .file(
                        "etc/passwd", "a::1:1::/:/bin/sh\nb:*:2:2::/:/bin/sh\nc:x:3:3::/:/bin/sh\n")
                    .file("etc/shadow", "a:*:1::::::\nb::1::::::\n")))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", true, "b", false, "c", false));
  }

  @Test
  void laterLayerThatLocksTheAccountCounts() {
    assertThat(
            empty(
                LayerTar.of()
                    .file("etc/passwd", "root:x:0:0:root:/root:/bin/ash\n")
                    .file("etc/shadow", "root:::0:::::\n"),
                LayerTar.of().file("etc/shadow", "root:!::0:::::\n")))
        .containsExactly(Map.entry("root", false));
  }

  @Test
  void shadowThatCouldNotBeReadIsNotKnown() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("etc/passwd", "root:x:0:0:root:/root:/bin/ash\n")
                .file("etc/shadow", "x".repeat(2 << 20)));
    assertThat(facts.accounts().users())
        .extracting(ImageFacts.User::passwordEmpty)
        .containsOnlyNulls();
    assertThat(facts.gaps()).anyMatch(gap -> "/etc/shadow".equals(gap.path()));
  }

  @Test
  void shadowWithHashAndEmptyPasswordIsBothASecretAndAnAccountWithoutOne() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("etc/passwd", "root:x:0:0:root:/root:/bin/ash\n")
                .file("etc/shadow", "root::1::::::\nadmin:" + HASH + ":1::::::\n"));
    assertThat(facts.secrets())
        .containsExactly(new ImageFacts.Secret("credential-file", "/etc/shadow", 0, false));
    assertThat(facts.accounts().users())
        .extracting(ImageFacts.User::passwordEmpty)
        .containsExactly(true);
  }

  @Test
  void noHashIsKept() {
    Extraction shadow =
        requireNonNull(new ShadowFiles().wants(LayerFile.of("etc/shadow", 100, 0640)));
    byte[] kept =
        shadow.reduce(
            ("root::1::::::\nadmin:" + HASH + ":1::::::\n").getBytes(StandardCharsets.UTF_8));
    assertThat(new String(kept, StandardCharsets.UTF_8))
        .isEqualTo("shadow credential-file\nroot\n");
  }

  private static Map<String, Boolean> empty(LayerTar... layers) {
    return inspect(layers).accounts().users().stream()
        .collect(
            Collectors.toMap(
                ImageFacts.User::name, user -> Boolean.TRUE.equals(user.passwordEmpty())));
  }

  private static ImageFacts inspect(LayerTar... layers) {
    return RealImages.inspect(
        RealImages.config(List.of(), List.of(), null),
        Arrays.stream(layers)
            .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
            .toList(),
        RealImages.NO_LINEAGE);
  }
}
