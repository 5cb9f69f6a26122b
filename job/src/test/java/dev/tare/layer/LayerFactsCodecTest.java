package dev.tare.layer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.TareException;
import dev.tare.testing.LayerTar;
import dev.tare.testing.LayerTar.Blob;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerFactsCodecTest {
  @Test
  void factsComeBackWhole() {
    LayerFacts facts = facts();
    LayerFacts back = LayerFactsCodec.fromBytes(LayerFactsCodec.toBytes(facts));
    assertThat(back).usingRecursiveComparison().ignoringFields("index", "kept").isEqualTo(facts);
    assertThat(back.index().size()).isEqualTo(facts.index().size());
    assertThat(back.index()).containsExactlyElementsOf(facts.index());
    assertThat(back.kept()).containsOnlyKeys("etc/os-release");
    assertThat(back.kept().get("etc/os-release"))
        .isEqualTo("ID=x".getBytes(StandardCharsets.UTF_8));
    assertThat(back.gaps()).hasSize(1);
  }

  @Test
  void whatWasReadOfFurtherFilesComesBack() {
    Map<String, LayerFacts.Recognised> more =
        Map.of(
            "opt/p",
            new LayerFacts.Recognised("text", "root:x".getBytes(StandardCharsets.UTF_8)),
            "opt/none",
            new LayerFacts.Recognised("shadow 1", new byte[0]),
            "opt/large",
            LayerFacts.Recognised.unreadable("too large"));
    LayerFacts back = LayerFactsCodec.fromBytes(LayerFactsCodec.toBytes(facts().with(more)));
    assertThat(back.recognised()).containsOnlyKeys("opt/p", "opt/none", "opt/large");
    more.forEach((path, file) -> {
      LayerFacts.Recognised same = requireNonNull(back.recognised().get(path));
      assertThat(same.form()).isEqualTo(file.form());
      assertThat(same.content()).isEqualTo(file.content());
      assertThat(same.whyNot()).isEqualTo(file.whyNot());
    });
    assertThat(requireNonNull(back.recognised().get("opt/large")).whyNot()).isEqualTo("too large");
  }

  @Test
  void truncatedBytesAreRejected() {
    byte[] bytes = LayerFactsCodec.toBytes(facts());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> LayerFactsCodec.fromBytes(cut)).isInstanceOf(TareException.class);
    }
  }

  @Test
  void otherFormatIsNamed() {
    byte[] bytes = LayerFactsCodec.toBytes(facts());
    bytes[3] = 99;
    assertThatThrownBy(() -> LayerFactsCodec.fromBytes(bytes))
        .isInstanceOf(TareException.class)
        .hasMessage("stored layer facts: expected format 5, found 99");
  }

  @Test
  void oneFileTakesFewBytes() {
    LayerTar tar = LayerTar.of();
    for (int i = 0; i < 10_000; i++) {
      tar.file("usr/share/doc/package" + i / 10 + "/file" + i, "x");
    }
    byte[] bytes = LayerFactsCodec.toBytes(scan(tar.gzip()));
    assertThat(bytes.length / 10_000.0).isLessThan(12);
  }

  @Test
  void orderIsThatOfATreeWalkByCodePoint() {
    List<String> paths =
        new ArrayList<>(
            List.of("a-b", "a\uffee", "a\ud83d\ude00", "a", "a/b", "a/\u00e9", "", "B"));
    LayerTar tar = LayerTar.of();
    paths.forEach(path -> tar.directory("./" + path));
    paths.sort(TreeOrder.INSTANCE);
    assertThat(paths)
        .containsExactly("", "B", "a", "a/b", "a/\u00e9", "a-b", "a\uffee", "a\ud83d\ude00");
    assertThat(scan(tar.tar()).index())
        .extracting(LayerEntry::path)
        .containsExactlyElementsOf(paths);
  }

  private static LayerFacts facts() {
    return scan(
        LayerTar.of()
            .directory("etc")
            .owner(1000, 50)
            .file("etc/os-release", "ID=x")
            .file("etc/empty", "")
            .executableWithCapability("bin/ping", new byte[] {0x7f, 'E', 'L', 'F'}, 13)
            .symlink("bin/sh", "busybox")
            .hardLink("bin/second", "bin/ping")
            .device("dev/null")
            .whiteout("etc/gone")
            .opaque("var")
            .file("../escape", "x")
            .zstd());
  }

  private static LayerFacts scan(Blob blob) {
    ContentInterest interest =
        (path, size, mode) ->
            !path.startsWith("etc/")
                ? null
                : new ContentInterest.Extraction() {
                  @Override
                  public int maximumBytes() {
                    return 100;
                  }

                  @Override
                  public byte[] reduce(byte[] content) {
                    return content;
                  }
                };
    return new LayerScanner(interest, LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
  }
}
