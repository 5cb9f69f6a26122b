package dev.tare.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.TareException;
import dev.tare.oci.ChainId;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseCatalogueTest {
  private static final Digest LAYER = digest("layer");
  private static final Digest MANIFEST = digest("manifest");
  private static final Digest INDEX = digest("index");

  private static final LearnedBase BASE =
      new LearnedBase(
          List.of("hub.test/base:1"),
          MANIFEST,
          INDEX,
          Platform.parse("linux/arm64/v8"),
          Instant.parse("2026-05-14T10:00:00Z"),
          List.of(LAYER, digest("second")));

  @TempDir Path directory;

  private static Digest digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static BaseCatalogue parse(String yaml) {
    return BaseCatalogue.parse("bases.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writtenFileReadsBackTheSame() {
    Path file = directory.resolve("bases.yaml");
    BaseCatalogue.EMPTY.plus(List.of(BASE)).write(file);
    BaseCatalogue read = BaseCatalogue.read(file);
    assertThat(read.bases()).containsExactly(BASE);
    assertThat(directory.toFile().list()).containsExactly("bases.yaml");
  }

  @Test
  void baseIsFoundByItsStackAndByBothItsDigests() {
    BaseCatalogue catalogue = BaseCatalogue.EMPTY.plus(List.of(BASE));
    Digest chain = ChainId.ofEachPrefix(BASE.diffIds()).getLast();
    assertThat(catalogue.withChainId(List.of(LAYER))).isEmpty();
    assertThat(catalogue.withChainId(List.of(LAYER, chain)))
        .extracting(KnownImage::digest)
        .containsExactly(MANIFEST);
    assertThat(catalogue.withDigest(MANIFEST)).hasSize(1);
    assertThat(catalogue.withDigest(INDEX)).hasSize(1);
  }

  @Test
  void baseLearnedAgainUnderAnotherNameHasBoth() {
    LearnedBase again =
        new LearnedBase(
            List.of("hub.test/base:latest"),
            MANIFEST,
            null,
            BASE.platform(),
            BASE.created(),
            BASE.diffIds());
    assertThat(BaseCatalogue.EMPTY.plus(List.of(BASE)).plus(List.of(again)).bases())
        .extracting(LearnedBase::references)
        .containsExactly(List.of("hub.test/base:1", "hub.test/base:latest"));
  }

  @Test
  void ownRegistriesReplaceTheShippedOnes() {
    assertThat(BaseCatalogue.shipped().registries()).contains("docker.io");
    assertThat(parse("registries: []").over(BaseCatalogue.shipped()).registries()).isEmpty();
    assertThat(parse("bases: []").over(BaseCatalogue.shipped()).registries()).contains("docker.io");
  }

  @Test
  void emptyFileIsAnEmptyCatalogue() throws Exception {
    Path file = Files.writeString(directory.resolve("empty.yaml"), "");
    assertThat(BaseCatalogue.read(file).bases()).isEmpty();
  }

  @Test
  void whatCannotBeUsedIsNamed() {
    assertThatThrownBy(() -> parse("bases: [{references: [a]}]"))
        .isInstanceOf(TareException.class)
        .hasMessage(
            "read bases bases.yaml: base 1: expected references, digest, platform and diff-ids");
    assertThatThrownBy(() -> parse("base: []"))
        .isInstanceOf(TareException.class)
        .hasMessageContaining("base");
    assertThatThrownBy(() -> BaseCatalogue.read(directory.resolve("none.yaml")))
        .isInstanceOf(TareException.class)
        .hasMessageContaining("none.yaml: no readable file");
  }
}
