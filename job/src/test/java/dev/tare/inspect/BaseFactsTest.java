package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.facts.Fact;
import dev.tare.lineage.Lineage;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BaseFactsTest {
  private static final byte[] ELF = "\u007fELF-and-more".getBytes(StandardCharsets.US_ASCII);
  private static final String DPKG = "var/lib/dpkg/status";
  private static final String BASE_DATABASE = "P:musl\nV:1.2.4-r0\nA:x86_64\n\n";

  @Test
  void whatTheParentBroughtIsInBase() {
    ImageFacts facts =
        inspect(
            lineage(1),
            LayerTar.of()
                .file("etc/os-release", "ID=alpine\nVERSION_ID=3.18.9\n")
                .file("lib/apk/db/installed", BASE_DATABASE)
                .executable("bin/tar", ELF),
            LayerTar.of()
                .file(
                    "lib/apk/db/installed",
                    BASE_DATABASE + "P:curl\nV:8.1-r0\nA:x86_64\nF:usr/bin\nR:curl\n\n")
                .executable("usr/bin/curl", ELF));

    assertThat(facts.layers()).extracting(ImageFacts.Layer::inBase).containsExactly(true, false);
    assertThat(facts.packages().items())
        .extracting(item -> item.name() + " " + item.layer() + " " + item.inBase())
        .containsExactly("curl 1 false", "musl 0 true");
    assertThat(facts.packages().addedOverBase()).isEqualTo(1);
    assertThat(facts.tools())
        .extracting(tool -> tool.name() + " " + tool.inBase() + " " + tool.owner())
        .containsExactly("tar true null", "curl false curl 8.1-r0");
    assertThat(facts.size().addedOverBase()).isEqualTo(facts.layers().get(1).compressed());
  }

  /** An image cut down to its package records is no distroless image. */
  @Test
  void recordedShellThatIsAbsentTellsNothing() {
    String status = "Package: %s\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n";

    assertThat(inspect(lineage(0), LayerTar.of().file(DPKG, status.formatted("bash"))).base())
        .extracting(ImageFacts.Base::baseClass)
        .isEqualTo("unknown");
    assertThat(inspect(lineage(0), LayerTar.of().file(DPKG, status.formatted("tzdata"))).base())
        .extracting(ImageFacts.Base::baseClass)
        .isEqualTo("distroless");
  }

  @Test
  void withoutAncestorNothingIsSaidAboutTheBase() {
    ImageFacts facts = inspect(lineage(0), LayerTar.of().executable("bin/tar", ELF));

    assertThat(facts.size().addedOverBase()).isNull();
    assertThat(facts.tools()).extracting(ImageFacts.Tool::inBase).containsExactly((Boolean) null);
  }

  @Test
  void unknownReleaseIsGapAndNoDate() {
    ImageFacts facts =
        inspect(lineage(0), LayerTar.of().file("usr/lib/os-release", "ID=debian\nVERSION_ID=99\n"));

    assertThat(facts.base().os())
        .isEqualTo(
            new ImageFacts.OperatingSystem("debian", "99", null, null, "usr/lib/os-release"));
    assertThat(facts.gaps()).anyMatch(gap -> gap.fact() == Fact.BASE_OS_EOL);
  }

  @Test
  void configuredUserMustStandInPasswd() {
    List<RealImages.Blob> layers =
        blobs(LayerTar.of().file("etc/passwd", "app:x:1000:1000::/app:/sbin/nologin\n"));

    assertThat(userResolves("app:app", layers)).isTrue();
    assertThat(userResolves("1234", layers)).isTrue();
    assertThat(userResolves("nobody", layers)).isFalse();
    assertThat(userResolves(null, layers)).isNull();
  }

  private static @Nullable Boolean userResolves(
      @Nullable String user, List<RealImages.Blob> layers) {
    return RealImages.inspect(
            RealImages.config(List.of(), List.of(), user), layers, RealImages.NO_LINEAGE)
        .accounts()
        .userResolves();
  }

  private static Lineage lineage(int baseLayers) {
    return new Lineage(
        List.of(), null, null, baseLayers, null, Lineage.Outdated.NO_PARENT, List.of());
  }

  private static ImageFacts inspect(Lineage lineage, LayerTar... tars) {
    return RealImages.inspect(RealImages.config(List.of(), List.of(), null), blobs(tars), lineage);
  }

  private static List<RealImages.Blob> blobs(LayerTar... tars) {
    return Arrays.stream(tars)
        .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
        .toList();
  }
}
