package dev.tare.registry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageIndex;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageFilter;
import dev.tare.registry.ImageSource;
import dev.tare.registry.RegistryOptions;
import dev.tare.registry.RegistrySources;
import dev.tare.registry.Target;
import dev.tare.registry.TargetEnumeration;
import dev.tare.stop.StopSignal;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Layouts and saved archives, against what skopeo reads from them. */
@Timeout(60)
class LocalImageSourceTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "oci:oci/hello-world-9arch, oci:",
    "oci:oci/whiteout-explicit-file, oci:",
    "oci:oci/whiteout-opaque, oci:",
    "oci:oci/hard-link-delete-1, oci:",
    "oci:oci/dive-zstd.tar, oci-archive:",
    "oci:oci/dive-estargz.tar, oci-archive:",
    "oci:oci/dive-gzip.tar, oci-archive:",
    "docker-archive:oci/dive-uncompressed.tar, oci-archive:"
  })
  void layoutHasTheManifestsAndBlobsThatSkopeoReads(String target, String skopeo) throws Exception {
    Path path = TestImages.path(after(target));
    ImageSource source = open(target, path);
    FetchedManifest top = source.manifest(only(source));
    String expected = Programs.run("skopeo", "inspect", "--raw", skopeo + path);
    assertThat(new String(top.content(), StandardCharsets.UTF_8)).isEqualTo(expected);
    for (Manifest manifest : manifests(source, top)) {
      readAll(source, manifest);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker-save/alpine-3.15.0.tar.gz",
        "docker-save/alpine-3.10-4gzlayers-whiteout.tar",
        "docker-save/dive-busybox-14layers.tar",
        "docker-save/busybox-cargo-lock.tar.gz",
        "docker-save/busybox-whiteout.tar",
        "docker-save/pause-2.0.tar",
        "docker-save/java-uberjar.tar",
        "docker-save/two-images.tar.xz",
        "docker-save/hello-world-docker25.tar",
        "oci/npm-lock-alpine3.19.tar",
        "oci/busybox-arm64-attestation.tar",
        "oci/busybox-arm64-partial-index.tar"
      })
  void savedArchiveHasTheConfigsThatSkopeoReadsAndTheirLayers(String name) throws Exception {
    Path path = TestImages.path(name);
    ImageSource source = open("docker-archive:", path);
    List<Manifest> manifests = new ArrayList<>();
    Path plain = path;
    if (ArchiveCompression.of(path) == ArchiveCompression.GZIP) {
      // skopeo finds images by their number in archives that are not compressed by gzip only.
      plain = temporary.resolve("plain.tar");
      Programs.run("sh", "-c", "gzip -dc '" + path + "' > '" + plain + "'");
    }
    List<String> configs = new ArrayList<>();
    for (Reference image : all(source)) {
      manifests.addAll(manifests(source, source.manifest(image)));
    }
    for (int i = 0; i < manifests.size(); i++) {
      configs.add(
          Programs.run(
              "skopeo", "inspect", "--config", "--raw", "docker-archive:" + plain + ":@" + i));
    }
    assertThat(manifests).isNotEmpty();
    for (Manifest manifest : manifests) {
      byte[] config = read(source, manifest.config());
      assertThat(configs).contains(new String(config, StandardCharsets.UTF_8));
      List<String> diffIds = new ArrayList<>();
      JSON.readTree(config)
          .path("rootfs")
          .path("diff_ids")
          .forEach(id -> diffIds.add(id.asString()));
      assertThat(manifest.layers()).hasSameSizeAs(diffIds);
      readAll(source, manifest);
      for (int i = 0; i < diffIds.size(); i++) {
        // The diff ID is of the tar: the layer itself where it is not compressed.
        Descriptor layer = manifest.layers().get(i);
        if (!layer.mediaType().contains("gzip")) {
          assertThat(layer.digest()).hasToString(diffIds.get(i));
        }
      }
    }
  }

  @Test
  void namesAndTagsAreThoseOfTheArchive() {
    ImageSource two = open("docker-archive:", TestImages.path("docker-save/two-images.tar.xz"));
    JsonNode saved =
        JSON.readTree(
            Programs.run(
                "tar",
                "-xOf",
                TestImages.path("docker-save/two-images.tar.xz").toString(),
                "manifest.json"));
    List<String> expected = new ArrayList<>();
    saved.forEach(image -> image.path("RepoTags").forEach(tag -> expected.add(tag.asString())));
    assertThat(all(two))
        .extracting(image -> image.repository() + ":" + image.tag())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void trueManifestOfAnArchiveThatIsALayoutTooIsUsed() {
    Path path = TestImages.path("oci/busybox-arm64-partial-index.tar");
    ImageSource source = open("docker-archive:", path);
    Reference image = all(source).getFirst();
    Digest digest = source.resolve(image).digest();
    String stored = Programs.run("tar", "-xOf", path.toString(), "blobs/sha256/" + digest.hex());
    assertThat(Digest.sha256(stored.getBytes(StandardCharsets.UTF_8))).isEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad/busybox-corrupted", "bad/busybox-opq-size-mismatch"})
  void layoutThatContradictsItselfIsRejected(String name) {
    ImageSource source = open("oci:", TestImages.path(name));
    Reference image = only(source);
    assertThatThrownBy(() -> source.manifest(image))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT));
  }

  @Test
  void fileDoesNotTellWhatWasLeftOutAndARegistryHasIt() {
    for (String local : List.of("oci:", "docker-archive:")) {
      try (ImageSource source = open(local, temporary)) {
        assertThat(source.attachmentsLeftOut()).isPresent();
      }
    }
    try (ImageSource source =
        RegistrySources.open(
            "registry.example.com", RegistryOptions.defaults(), new StopSignal())) {
      assertThat(source.attachmentsLeftOut()).isEmpty();
    }
  }

  @Test
  void placeThatIsNotThereIsSaid() {
    ImageSource source = open("oci:", temporary.resolve("none"));
    assertThatThrownBy(source::repositories)
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void whatIsNoArchiveIsARepositoryWithAReason() throws IOException {
    Path file = Files.writeString(temporary.resolve("App.tar"), "no archive ".repeat(100));
    ImageSource source = open("docker-archive:", file);
    assertThat(source.repositories()).toIterable().containsExactly("app.tar");
    assertThatThrownBy(() -> source.tags("app.tar"))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT))
        .hasMessageContaining("not a tar header");
  }

  @Test
  void hostileArchivesAreRefused() throws IOException {
    LayerTar tar = LayerTar.of();
    byte[] gigabytePax =
        tar.header('x', "pax".getBytes(StandardCharsets.UTF_8), new byte[0], 0644, 1L << 30);
    assertRefused(gigabytePax, FailureKind.LIMIT, "extended header");
    assertRefused(
        LayerTar.of().file("manifest.json", "{}").tar().bytes(),
        FailureKind.BAD_CONTENT,
        "expected an array");
    assertRefused(
        LayerTar.of()
            .file("manifest.json", "[{\"Config\":\"../../etc/passwd\",\"Layers\":[]}]")
            .tar()
            .bytes(),
        FailureKind.NOT_FOUND,
        "etc/passwd");
    assertRefused(
        LayerTar.of()
            .file("manifest.json", "[{\"Config\":\"a\",\"Layers\":[]}]")
            .symlink("a", "b")
            .symlink("b", "a")
            .tar()
            .bytes(),
        FailureKind.NOT_FOUND,
        "\"a\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci/dive-gzip.tar",
        "docker-save/two-images.tar.xz",
        "docker-save/hello-world-docker25.tar"
      })
  void damagedArchiveGivesAReasonOrVerifiedContent(String name) throws IOException {
    byte[] whole = Files.readAllBytes(TestImages.path(name));
    for (int tenth = 0; tenth < 10; tenth++) {
      readAsFarAsItGoes(Arrays.copyOf(whole, whole.length * tenth / 10));
    }
    Random random = new Random(20_261_121);
    for (int i = 0; i < 200; i++) {
      byte[] flipped = whole.clone();
      int bit = random.nextInt(8 * flipped.length);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      readAsFarAsItGoes(flipped);
    }
  }

  /** A walk over all others for each would take minutes; the time limit only ends the test then. */
  @Test
  @Timeout(60)
  void placeOfVeryManyNamesIsReadInSteps() {
    LocalImages images = new LocalImages(new DirectoryFiles(temporary));
    int many = 300_000;
    for (int i = 0; i < many; i++) {
      Descriptor manifest = new Descriptor("", Digest.sha256(new byte[] {(byte) i}), 1);
      images.add(new LocalImage("app", "t" + i / 2, manifest));
    }
    for (int i = 0; i < many; i += 2) {
      assertThat(Objects.requireNonNull(images.named("app", "t" + i / 2)).digest())
          .isEqualTo(Digest.sha256(new byte[] {(byte) i}));
    }
    assertThat(images.repositories()).containsExactly("app");
    assertThat(images.of("app")).hasSize(many / 2 + 128);
  }

  @Test
  void archiveThatExpandsWithoutEndIsGivenUp() {
    assertThat(ExpandingStream.limitBytes(1 << 20)).isEqualTo(4L << 30);
    assertThat(ExpandingStream.limitBytes(5_000_000)).isEqualTo(5_000_000_000L);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            return length;
          }
        };
    InputStream bounded = new ExpandingStream(endless, 1 << 20);
    byte[] piece = new byte[1 << 20];
    assertThatThrownBy(
            () -> {
              for (long i = 0; i <= 4_096; i++) {
                assertThat(bounded.read(piece)).isEqualTo(piece.length);
              }
            })
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT))
        .hasMessageContaining("it expands to more than 4294967296 bytes");
  }

  @Test
  void longNamesAreCutOff() {
    assertThat(LocalNames.repository("_".repeat(4 << 20))).isEqualTo("image");
    assertThat(LocalNames.repository("a/".repeat(2 << 20))).isEqualTo("image");
  }

  @ParameterizedTest
  @CsvSource({
    "Team/App, team/app",
    "localhost:5000/app, localhost-5000/app",
    "a__b/c-.d, a__b/c-d",
    "_x_, x",
    "'', image",
    "../.., image",
    "two-images.tar.xz, two-images.tar.xz"
  })
  void repositoryNamesAreMadeValid(String name, String repository) {
    assertThat(LocalNames.repository(name)).isEqualTo(repository);
    assertThat(Reference.tagged("oci:/x", repository, "1").repository()).isEqualTo(repository);
  }

  private void assertRefused(byte[] archive, FailureKind kind, String message) throws IOException {
    Path file = Files.write(temporary.resolve("hostile.tar"), archive);
    ImageSource source = open("docker-archive:", file);
    String repository = source.repositories().next();
    assertThatThrownBy(() -> source.tags(repository))
        .isInstanceOfSatisfying(TareException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(message);
  }

  /** Whatever comes back has the digest it is asked for by, or is a TareException. */
  private void readAsFarAsItGoes(byte[] archive) throws IOException {
    Path file = Files.write(temporary.resolve("damaged.tar"), archive);
    ImageSource source = open("docker-archive:", file);
    try {
      for (Reference image : all(source)) {
        FetchedManifest top = source.manifest(image);
        assertThat(Digest.sha256(top.content())).isEqualTo(top.descriptor().digest());
        for (Manifest manifest : manifests(source, top)) {
          for (Descriptor layer : manifest.layers()) {
            source.blob(image.repository(), layer).close();
          }
        }
      }
    } catch (TareException e) {
      assertThat(e.kind()).isIn(FailureKind.BAD_CONTENT, FailureKind.NOT_FOUND, FailureKind.LIMIT);
    }
  }

  private static ImageSource open(String target, Path path) {
    return LocalPlace.of(target.substring(0, target.indexOf(':') + 1) + path).source();
  }

  private static String after(String target) {
    return target.substring(target.indexOf(':') + 1);
  }

  private static Reference only(ImageSource source) {
    List<Reference> all = all(source);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static List<Reference> all(ImageSource source) {
    TargetEnumeration enumeration = new TargetEnumeration(source, ImageFilter.ALL);
    Target target = new Target.Registry(source.registry());
    List<Reference> images = new ArrayList<>();
    enumeration
        .repositories(target)
        .forEachRemaining(name -> images.addAll(enumeration.images(target, name).images()));
    return images;
  }

  private static List<Manifest> manifests(ImageSource source, FetchedManifest fetched) {
    String type = fetched.descriptor().mediaType();
    if (!MediaTypes.isIndex(type)) {
      return List.of(Manifest.parse(fetched.content(), type));
    }
    return ImageIndex.parse(fetched.content(), type).runnable().stream()
        .map(entry -> source.manifest(Reference.byDigest(source.registry(), "any", entry.digest())))
        .flatMap(child -> manifests(source, child).stream())
        .toList();
  }

  private static void readAll(ImageSource source, Manifest manifest) throws IOException {
    for (Descriptor layer : manifest.layers()) {
      byte[] content = read(source, layer);
      assertThat(content).hasSize((int) layer.sizeBytes());
      assertThat(Digest.sha256(content)).isEqualTo(layer.digest());
    }
  }

  private static byte[] read(ImageSource source, Descriptor blob) throws IOException {
    try (InputStream in = source.blob("any", blob)) {
      return in.readAllBytes();
    }
  }
}
