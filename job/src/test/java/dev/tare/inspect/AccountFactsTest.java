package dev.tare.inspect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.inspect.config.ShadowFiles;
import dev.tare.inspect.content.LayerFile;
import dev.tare.layer.AbsentLayer;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  void shadowBehindALinkIsThatFile() {
    String passwd = "root:x:0:0:root:/root:/bin/ash\n";
    assertThat(known(LayerTar.of().symlink("etc", "data/etc").file("data/etc/passwd", passwd)))
        .as("there is none")
        .containsExactly(false);
    for (boolean isEmpty : new boolean[] {true, false}) {
      String shadow = isEmpty ? "root:::0:::::\n" : "root:!::0:::::\n";
      assertThat(
              known(
                  LayerTar.of().file("data/etc/passwd", passwd).file("data/etc/shadow", shadow),
                  LayerTar.of().symlink("etc", "/data/etc")))
          .containsExactly(isEmpty);
      assertThat(
              known(
                  LayerTar.of()
                      .file("etc/passwd", passwd)
                      .file("srv/s", shadow)
                      .symlink("etc/shadow", "../srv/s")))
          .containsExactly(isEmpty);
    }
    assertThat(
            known(
                LayerTar.of()
                    .file("etc/passwd", passwd)
                    .file("srv/s", "x".repeat(2 << 20))
                    .symlink("etc/shadow", "../srv/s")))
        .as("too large")
        .containsOnlyNulls();
    assertThat(known(LayerTar.of().file("etc/passwd", passwd).symlink("etc/shadow", "shadow")))
        .as("a circle")
        .containsOnlyNulls();
  }

  @Test
  void shadowMayBeInALayerThatWasNotRead() {
    byte[] bytes = LayerTar.of().file("etc/passwd", "root:x:0:0::/:/bin/sh\n").gzip().bytes();
    Descriptor read = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.sha256(bytes), bytes.length);
    Descriptor absent =
        new Descriptor(
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
            Digest.sha256(new byte[] {1}),
            1);
    String config =
        """
        {"os": "linux", "architecture": "amd64",
         "rootfs": {"type": "layers", "diff_ids": ["%s", "%s"]}}
        """
            .formatted(read.digest(), absent.digest());
    ImageFacts facts =
        RealImages.inspect(
            ImageConfig.parse(config.getBytes(StandardCharsets.UTF_8)),
            List.of(read, absent),
            List.of(
                new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS)
                    .scan(new ByteArrayInputStream(bytes), read),
                AbsentLayer.of(absent)),
            RealImages.NO_LINEAGE);
    assertThat(facts.accounts().users())
        .extracting(ImageFacts.User::passwordEmpty)
        .containsOnlyNulls();
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

  private static List<@Nullable Boolean> known(LayerTar... layers) {
    List<@Nullable Boolean> known = new ArrayList<>();
    inspect(layers).accounts().users().forEach(user -> known.add(user.passwordEmpty()));
    return known;
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
