package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageGlob;
import dev.tare.oci.ImageIndex;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.stop.StopSignal;
import dev.tare.testing.RegistryFixture;
import dev.tare.testing.Skopeo;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for every registry, with real images that skopeo pushed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryContract {
  private RegistryFixture registry;
  private ImageSource source;

  abstract RegistryFixture start();

  @BeforeAll
  void pushImages() {
    registry = start();
    source =
        RegistrySources.open(
            registry.host(),
            RegistryOptions.defaults().withPageSize(2),
            CredentialSource.anonymous(),
            new StopSignal());
    push("docker-save/busybox-whiteout.tar", "docker-archive:", "team/busybox:1.0");
    push("docker-save/busybox-whiteout.tar", "docker-archive:", "team/busybox:0.9");
    push("docker-save/busybox-whiteout.tar", "docker-archive:", "team/busybox:latest");
    push("oci/dive-zstd.tar", "oci-archive:", "team/zstd:1");
    push("oci/hello-world-9arch", "oci:", "library/hello-world:multi");
    push("oci/whiteout-opaque", "oci:", "team/nested/opaque:1");
  }

  @AfterAll
  void stop() {
    if (source != null) {
      source.close();
      registry.close();
    }
  }

  private void push(String image, String transport, String reference) {
    Skopeo.push(transport + TestImages.path(image), registry.host() + "/" + reference);
  }

  private Reference tagged(String repository, String tag) {
    return Reference.tagged(registry.host(), repository, tag);
  }

  @Test
  void everyRepositoryIsListedOverAllPages() {
    List<String> repositories = new ArrayList<>();
    source.repositories().forEachRemaining(repositories::add);
    assertThat(repositories)
        .contains("library/hello-world", "team/busybox", "team/nested/opaque", "team/zstd")
        .isSorted();
  }

  @Test
  void tagsAreSorted() {
    assertThat(source.tags("team/busybox")).containsExactly("0.9", "1.0", "latest");
  }

  @Test
  void manifestIsTheOneThatSkopeoSees() {
    for (Reference image :
        List.of(
            tagged("team/busybox", "1.0"),
            tagged("team/zstd", "1"),
            tagged("library/hello-world", "multi"))) {
      FetchedManifest manifest = source.manifest(image);
      assertThat(new String(manifest.content(), StandardCharsets.UTF_8))
          .isEqualTo(Skopeo.rawManifest(image.toString()));
      assertThat(source.resolve(image)).isEqualTo(manifest.descriptor());
      assertThat(
              source.manifest(
                  Reference.byDigest(
                      registry.host(), image.repository(), manifest.descriptor().digest())))
          .usingRecursiveComparison()
          .isEqualTo(manifest);
    }
  }

  @Test
  void digestIsTheOneThatSkopeoComputes() {
    assertThat(source.resolve(tagged("team/busybox", "1.0")).digest())
        .hasToString(Skopeo.inspect(registry.host() + "/team/busybox:1.0", "{{.Digest}}"));
  }

  @Test
  void everyPlatformOfAnIndexIsThere() {
    FetchedManifest index = source.manifest(tagged("library/hello-world", "multi"));
    assertThat(index.descriptor().mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST_LIST);
    List<Descriptor> manifests =
        ImageIndex.parse(index.content(), index.descriptor().mediaType()).manifests();
    assertThat(manifests).hasSize(9);
    for (Descriptor entry : manifests) {
      Reference image = Reference.byDigest(registry.host(), "library/hello-world", entry.digest());
      assertThat(source.resolve(image).sizeBytes()).isEqualTo(entry.sizeBytes());
    }
  }

  @Test
  void blobsHaveTheDigestsOfTheManifest() throws IOException {
    for (Reference image : List.of(tagged("team/busybox", "1.0"), tagged("team/zstd", "1"))) {
      FetchedManifest fetched = source.manifest(image);
      Manifest manifest = Manifest.parse(fetched.content(), fetched.descriptor().mediaType());
      List<Descriptor> blobs = new ArrayList<>(manifest.layers());
      blobs.add(manifest.config());
      for (Descriptor blob : blobs) {
        try (InputStream stream = source.blob(image.repository(), blob)) {
          byte[] content = stream.readAllBytes();
          assertThat(content).hasSize(Math.toIntExact(blob.sizeBytes()));
          assertThat(Digest.sha256(content)).isEqualTo(blob.digest());
        }
      }
    }
  }

  @Test
  void blobThatIsClosedEarlyLeavesTheSourceUsable() throws IOException {
    Reference image = tagged("team/busybox", "1.0");
    FetchedManifest fetched = source.manifest(image);
    Descriptor layer =
        Manifest.parse(fetched.content(), fetched.descriptor().mediaType()).layers().getFirst();
    for (int i = 0; i < 40; i++) { // More than there are connections.
      try (InputStream stream = source.blob("team/busybox", layer)) {
        assertThat(stream.read()).isEqualTo(0x1f); // gzip
      }
    }
    assertThat(source.tags("team/busybox")).hasSize(3);
  }

  @Test
  void unknownTagIsNotFoundWithTheRegistrysOwnWords() {
    assertThatThrownBy(() -> source.manifest(tagged("team/busybox", "no-such")))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND))
        .hasMessageStartingWith(
            "pull manifest "
                + registry.host()
                + "/team/busybox:no-such: 404 MANIFEST_UNKNOWN: manifest unknown");
    assertThatThrownBy(() -> source.resolve(tagged("team/busybox", "no-such")))
        .hasMessageContaining("404 MANIFEST_UNKNOWN");
  }

  @Test
  void unknownRepositoryIsNotFound() {
    assertThatThrownBy(() -> source.tags("team/no-such"))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND))
        .hasMessageStartingWith(
            "list tags of " + registry.host() + "/team/no-such: 404 NAME_UNKNOWN");
  }

  @Test
  void unknownBlobIsNotFound() {
    Descriptor none =
        new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.sha256(new byte[] {1, 2, 3}), 3);
    assertThatThrownBy(() -> source.blob("team/busybox", none))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND))
        .hasMessageContaining("404 BLOB_UNKNOWN");
  }

  private List<String> enumerated(String target, ImageFilter filter) {
    TargetEnumeration enumeration = new TargetEnumeration(source, filter);
    Target parsed = Target.parse(registry.host() + target);
    List<String> images = new ArrayList<>();
    enumeration
        .repositories(parsed)
        .forEachRemaining(repository ->
            enumeration.images(parsed, repository).images().stream()
                .map(image -> image.toString().substring(registry.host().length() + 1))
                .forEach(images::add));
    return images;
  }

  @Test
  void registryTargetMeansEveryImageNewestTagsFirst() {
    assertThat(enumerated("", ImageFilter.ALL))
        .containsExactly(
            "library/hello-world:multi",
            "team/busybox:latest",
            "team/busybox:1.0",
            "team/busybox:0.9",
            "team/nested/opaque:1",
            "team/zstd:1");
  }

  @Test
  void globsAndNewestTagsNarrowIt() {
    ImageFilter filter =
        new ImageFilter(
            List.of(),
            List.of(ImageGlob.parse("**:latest"), ImageGlob.parse("**/opaque")),
            1,
            List.of());
    assertThat(enumerated("/team/**", filter)).containsExactly("team/busybox:1.0", "team/zstd:1");
    assertThat(enumerated("/team/*:1*", ImageFilter.ALL))
        .containsExactly("team/busybox:1.0", "team/zstd:1");
  }

  @Test
  void repositoryTargetMeansItselfElseWhatIsBelowIt() {
    assertThat(enumerated("/team/busybox", ImageFilter.ALL)).hasSize(3);
    assertThat(enumerated("/team", ImageFilter.ALL))
        .hasSize(5)
        .allMatch(image -> image.startsWith("team/"));
    assertThat(enumerated("/team/busybox:0.9", ImageFilter.ALL))
        .containsExactly("team/busybox:0.9");
    assertThatThrownBy(() -> enumerated("/no-such", ImageFilter.ALL))
        .hasMessageContaining("404 NAME_UNKNOWN");
  }

  @Test
  void artifactThatIsStoredIsReadBackAndStoredAgainWithoutSendingItsBlobs() throws IOException {
    byte[] content = "what it holds".getBytes(StandardCharsets.UTF_8);
    try (ArtifactSink sink =
        RegistrySources.sink(
            registry.host(),
            RegistryOptions.defaults(),
            CredentialSource.anonymous(),
            new StopSignal())) {
      Descriptor blob = sink.blob("kept/artifact", "text/plain", content);
      assertThat(sink.blob("kept/artifact", "text/plain", content)).isEqualTo(blob);
      Descriptor config =
          sink.blob(
              "kept/artifact",
              "application/vnd.oci.empty.v1+json",
              "{}".getBytes(StandardCharsets.UTF_8));
      byte[] manifest =
          ("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"artifactType\":\"text/plain\","
                  + "\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":2},"
                  + "\"layers\":[{\"mediaType\":\"text/plain\",\"digest\":\"%s\",\"size\":%d}]}")
              .formatted(
                  MediaTypes.OCI_MANIFEST,
                  config.mediaType(),
                  config.digest(),
                  blob.digest(),
                  blob.sizeBytes())
              .getBytes(StandardCharsets.UTF_8);
      Digest digest =
          sink.manifest(tagged("kept/artifact", "1"), MediaTypes.OCI_MANIFEST, manifest);
      assertThat(source.resolve(tagged("kept/artifact", "1")).digest()).isEqualTo(digest);
      assertThat(source.manifest(tagged("kept/artifact", "1")).content()).isEqualTo(manifest);
      try (InputStream in = source.blob("kept/artifact", blob)) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
    }
  }
}
