package dev.tare.registry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Manifest;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageFilter;
import dev.tare.registry.Target;
import dev.tare.registry.TargetEnumeration;
import dev.tare.registry.engine.Engine;
import dev.tare.registry.engine.EngineKind;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import dev.tare.testing.FakeEngine;
import dev.tare.testing.LayerTar;
import dev.tare.testing.SavedImage;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EngineImageSourceTest {
  private static final int LAYERS = 9;

  @TempDir Path directory;

  private final StopSignal stop = new StopSignal();
  private final SavedImage image = image("acme/app:1", LAYERS);
  private FakeEngine fake;
  private EngineImageSource source;

  @BeforeEach
  void start() {
    fake = FakeEngine.in(directory);
    serve(image);
    source = source(EngineKind.DOCKER);
  }

  @AfterEach
  void end() {
    source.close();
    fake.close();
  }

  /** Layers too large to be kept in memory, each with content of its own. */
  private static SavedImage image(String name, int layers) {
    Random random = new Random(name.hashCode());
    return new SavedImage(
        name,
        IntStream.range(0, layers)
            .mapToObj(i -> {
              byte[] content = new byte[100_000 + 1_000 * i];
              random.nextBytes(content);
              return LayerTar.of().file("f" + i, content).tar();
            })
            .toList());
  }

  private void serve(SavedImage... images) {
    List<String> listed = new ArrayList<>();
    for (SavedImage each : images) {
      fake.exports(each.id().toString(), each.write(directory.resolve(each.id().hex()), "null"));
      listed.add("{\"Id\":\"%s\",\"RepoTags\":[\"%s\"]}".formatted(each.id(), each.name()));
    }
    fake.lists("[" + String.join(",", listed) + "]");
  }

  private EngineImageSource source(EngineKind kind) {
    return new EngineImageSource(
        new Engine(
            kind,
            Map.of(
                "DOCKER_HOST", fake.environment().get("DOCKER_HOST"),
                "CONTAINER_HOST", fake.environment().get("DOCKER_HOST")),
            Duration.ofSeconds(20),
            stop));
  }

  private static Reference reference(String repository, String tag) {
    return Reference.tagged("docker-daemon:", repository, tag);
  }

  private Manifest manifest(String repository, String tag) {
    FetchedManifest fetched = source.manifest(reference(repository, tag));
    assertThat(Digest.sha256(fetched.content())).isEqualTo(fetched.descriptor().digest());
    return Manifest.parse(fetched.content(), fetched.descriptor().mediaType());
  }

  private byte[] read(Descriptor blob) {
    try (InputStream in = source.blob("acme/app", blob)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long position(Descriptor layer) {
    return source.position("acme/app", layer).orElseThrow();
  }

  private long exports() {
    return fake.asked().stream().filter(path -> path.endsWith("/get")).count();
  }

  @Test
  void imageIsMadeOfItsConfigAndLayers() {
    Manifest manifest = manifest("acme/app", "1");

    assertThat(manifest.config()).isEqualTo(image.configDescriptor());
    assertThat(manifest.layers())
        .extracting(Descriptor::digest)
        .isEqualTo(image.layers().stream().map(LayerTar.Blob::diffId).toList());
    assertThat(Digest.sha256(read(manifest.config()))).isEqualTo(image.id());
    assertThat(exports()).isEqualTo(1);
    for (int i = 0; i < LAYERS; i++) {
      assertThat(read(manifest.layers().get(i))).isEqualTo(image.layers().get(i).bytes());
    }
  }

  @Test
  void manifestIsThatOfTheSavedArchive() {
    Path archive = image.write(directory.resolve("app.tar"), "[\"acme/app:1\"]");
    LocalImageSource saved = new LocalImageSource(new LocalPlace(LocalPlace.ARCHIVE, archive));

    assertThat(source.resolve(reference("acme/app", "1")))
        .isEqualTo(saved.resolve(Reference.tagged(saved.registry(), "acme/app", "1")));
  }

  @Test
  void archiveOfDocker25HasItsOwnManifest() throws IOException {
    Path archive = TestImages.path("docker-save/hello-world-docker25.tar");
    LocalImageSource saved = new LocalImageSource(new LocalPlace(LocalPlace.ARCHIVE, archive));
    String repository = saved.repositories().next();
    Reference there =
        Reference.byDigest(saved.registry(), repository, saved.untagged(repository).getFirst());
    Digest id = Digest.sha256(new byte[] {7});
    fake.exports(id.toString(), archive);
    fake.lists("[{\"Id\":\"%s\",\"RepoTags\":[\"hello:1\"]}]".formatted(id));

    assertThat(source.manifest(reference("hello", "1")).content())
        .isEqualTo(saved.manifest(there).content());
  }

  @Test
  void layersThatAreAskedForInTheirPlaceAreReadFromOneExport() throws Exception {
    Manifest manifest = manifest("acme/app", "1");
    List<Descriptor> inPlace =
        manifest.layers().stream().sorted(Comparator.comparingLong(this::position)).toList();
    assertThat(inPlace.getFirst()).isEqualTo(manifest.layers().getLast());

    assertReadBy(1, inPlace); // Of several readers a later one may be first.

    assertThat(exports()).isEqualTo(2);
  }

  @Test
  void layersAreReadInAnyOrder() throws Exception {
    Manifest manifest = manifest("acme/app", "1");

    assertReadBy(4, manifest.layers());
    assertReadBy(1, manifest.layers().reversed());
    List<Descriptor> twice = new ArrayList<>(manifest.layers());
    twice.addAll(manifest.layers());
    assertReadBy(8, twice);

    assertThat(exports()).isLessThanOrEqualTo(1 + LAYERS * 4);
  }

  private void assertReadBy(int threads, List<Descriptor> layers) throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<byte[]>> contents =
          layers.stream().map(layer -> readers.submit(() -> read(layer))).toList();
      for (int i = 0; i < layers.size(); i++) {
        assertThat(Digest.sha256(contents.get(i).get(30, TimeUnit.SECONDS)))
            .isEqualTo(layers.get(i).digest());
      }
    } finally {
      readers.shutdownNow();
    }
  }

  @Test
  void layerThatIsNotReadToItsEndKeepsNobodyWaiting() throws IOException {
    List<Descriptor> layers = manifest("acme/app", "1").layers();
    try (InputStream in = source.blob("acme/app", layers.get(5))) {
      assertThat(in.read()).isGreaterThanOrEqualTo(0);
    }

    assertThat(read(layers.get(4))).isEqualTo(image.layers().get(4).bytes());
    assertThat(read(layers.get(5))).isEqualTo(image.layers().get(5).bytes());
  }

  @Test
  void whatEnginesCallAnImageCostsNoExport() {
    assertThat(source.id(reference("acme/app", "1"))).contains(image.id());
    assertThat(source.id(Reference.byDigest("docker-daemon:", "acme/app", image.id()))).isEmpty();
    assertThat(source.repositories()).toIterable().containsExactly("acme/app");
    assertThat(source.tags("acme/app")).containsExactly("1");
    assertThat(fake.asked()).containsExactly("/images/json");
  }

  @Test
  void layerIsFoundByARunThatDidNotListIt() {
    Descriptor layer = manifest("acme/app", "1").layers().getFirst();
    serve(image("acme/app:0", 2), image);
    source.close();
    source = source(EngineKind.DOCKER);

    assertThat(read(layer)).isEqualTo(image.layers().getFirst().bytes());
  }

  /** As after a restart, or where a later version of Tare reads all layers again. */
  @Test
  void layersHaveTheirPlaceInARunThatDidNotListThem() throws Exception {
    List<Descriptor> layers = manifest("acme/app", "1").layers();
    source.close();
    source = source(EngineKind.DOCKER);
    long before = exports();

    assertReadBy(1, layers.stream().sorted(Comparator.comparingLong(this::position)).toList());

    assertThat(exports() - before).isEqualTo(2);
    Descriptor other = new Descriptor("", Digest.sha256(new byte[] {3}), 1);
    assertThat(source.position("acme/app", other)).isEmpty();
    assertThat(source.position("acme/web", layers.getFirst())).isPresent();
  }

  @Test
  void layerThatTwoWantAtOnceIsReadByBoth() throws Exception {
    Descriptor layer = manifest("acme/app", "1").layers().getFirst();
    byte[] archive = Files.readAllBytes(image.write(directory.resolve("a"), "null"));
    List<FutureTask<byte[]>> contents =
        List.of(new FutureTask<>(() -> read(layer)), new FutureTask<>(() -> read(layer)));
    List<Thread> readers = contents.stream().map(Thread::new).toList();
    fake.answers(
        "/images/" + image.id() + "/get",
        out -> {
          // One of them has asked for this; the other waits for the layer.
          while (readers.stream().noneMatch(one -> one.getState() == Thread.State.WAITING)
              && readers.stream().allMatch(Thread::isAlive)) {
            Thread.onSpinWait();
          }
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.write(archive);
        });

    readers.forEach(Thread::start);

    for (FutureTask<byte[]> content : contents) {
      assertThat(Digest.sha256(content.get(30, TimeUnit.SECONDS))).isEqualTo(layer.digest());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "docker-daemon:, acme/app:1",
    "docker-daemon:acme/app, acme/app:1",
    "docker-daemon:/acme/app:1, acme/app:1",
    "docker-daemon:acme/*, acme/app:1",
    "docker-daemon:docker.io/acme/app, docker.io/acme/app:1"
  })
  void targetsFindTheImage(String target, String found) {
    assertThat(found(target)).containsExactly("docker-daemon:/" + found);
  }

  @Test
  void imageWithoutANameIsFoundByItsId() {
    fake.lists("[{\"Id\":\"%s\",\"RepoTags\":null}]".formatted(image.id()));
    String manifest = source.manifest(source(image.id().hex())).descriptor().digest().toString();

    for (String id :
        List.of(image.id().toString(), image.id().hex(), image.id().hex().substring(0, 12))) {
      assertThat(found("docker-daemon:" + id))
          .containsExactly("docker-daemon:/" + id.replace("sha256:", "") + "@" + manifest);
    }
    assertThatThrownBy(source::repositories).hasMessageContaining("none with a name");
  }

  private Reference source(String id) {
    return Reference.byDigest("docker-daemon:", id, source.untagged(id).getFirst());
  }

  private List<String> found(String text) {
    Target target = Target.parse(text);
    TargetEnumeration enumeration =
        new TargetEnumeration(source, new ImageFilter(List.of(), List.of(), 0, List.of()));
    List<String> found = new ArrayList<>();
    enumeration
        .repositories(target)
        .forEachRemaining(repository ->
            enumeration
                .images(target, repository)
                .images()
                .forEach(one -> found.add(one.toString())));
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io/library/nginx",
    "library/nginx, docker.io/library/nginx",
    "docker.io/library/nginx, docker.io/library/nginx",
    "acme/app, docker.io/acme/app",
    "app, localhost/app",
    "localhost/app, localhost/app"
  })
  void podmansFullNamesAreFoundByShortOnes(String name, String full) {
    fake.lists(
        "[{\"Id\":\"%s\",\"RepoTags\":[\"quay.io/x/y:1\"]},{\"Id\":\"%s\",\"RepoTags\":[\"%s:1\"]}]"
            .formatted("ab".repeat(32), image.id().hex(), full));
    source = source(EngineKind.PODMAN);

    assertThat(source.id(Reference.tagged("podman:", name, "1"))).contains(image.id());
    assertThat(source.tags(name)).containsExactly("1");
  }

  @Test
  void shortNameMeansWhateverHasTheTag() {
    Digest built = Digest.sha256(new byte[] {5});
    fake.lists(
        """
        [{"Id":"%s","RepoTags":["docker.io/library/app:1"]},{"Id":"%s","RepoTags":["localhost/app:2"]}]
        """
            .formatted(image.id().hex(), built.hex()));
    source = source(EngineKind.PODMAN);

    assertThat(source.id(Reference.tagged("podman:", "app", "1"))).contains(image.id());
    assertThat(source.id(Reference.tagged("podman:", "app", "2"))).contains(built);
    assertThat(source.tags("app")).containsExactly("1", "2");
    assertThat(source.tags("localhost/app")).containsExactly("2");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost/app, docker.io/library/app",
    "localhost/app, app",
    "docker.io/library/app, localhost/app",
    "docker.io/app, localhost/app",
    "library/app, localhost/app",
    "quay.io/app, docker.io/library/app"
  })
  void imageOfAnotherRegistryIsNotMeant(String name, String listed) {
    fake.lists("[{\"Id\":\"%s\",\"RepoTags\":[\"%s:1\"]}]".formatted(image.id(), listed));
    source = source(EngineKind.PODMAN);

    assertThatThrownBy(() -> source.tags(name))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
  }

  @Test
  void imageThatIsNotThereIsSaidWithWhatToDo() {
    assertThatThrownBy(() -> source.manifest(reference("acme/app", "2")))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND))
        .hasMessage(
            "read manifest docker-daemon:/acme/app:2: Docker has no image acme/app:2 (docker images"
                + " shows what it has, docker pull fetches one)");
    assertThatThrownBy(() -> source.tags("acme/web")).hasMessageContaining("no image acme/web");
  }

  @Test
  void exportThatIsCutOffIsNoImage() throws IOException {
    byte[] archive = Files.readAllBytes(image.write(directory.resolve("a"), "null"));
    fake.answers(
        "/images/" + image.id() + "/get",
        out -> {
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Length: " + archive.length + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
          out.write(archive, 0, archive.length / 2);
        });

    assertThatThrownBy(() -> source.manifest(reference("acme/app", "1")))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT))
        .hasMessageContaining("the connection ended before the answer did");
  }

  @Test
  void archiveWithoutAnImageIsRefused() throws IOException {
    fake.exports(
        image.id().toString(),
        Files.write(
            directory.resolve("none"), LayerTar.of().file("manifest.json", "[]").tar().bytes()));

    assertThatThrownBy(() -> source.resolve(reference("acme/app", "1")))
        .hasMessageContaining("the archive holds no image");
  }

  @Test
  void stopEndsWhoReadsAndWhoWaits() throws Exception {
    List<Descriptor> layers = manifest("acme/app", "1").layers();
    byte[] archive = Files.readAllBytes(image.write(directory.resolve("a"), "null"));
    CountDownLatch stalls = new CountDownLatch(1);
    fake.answers(
        "/images/" + image.id() + "/get",
        out -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.write(archive, 0, archive.length / 2);
          stalls.countDown();
          try {
            Thread.sleep(30_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    ExecutorService readers = Executors.newFixedThreadPool(3);
    try {
      List<Future<byte[]>> reading =
          layers.subList(0, 3).stream().map(layer -> readers.submit(() -> read(layer))).toList();
      stalls.await();
      Thread.sleep(50);

      stop.raise();

      for (Future<byte[]> one : reading) {
        assertThatThrownBy(() -> one.get(5, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(StoppedException.class);
      }
    } finally {
      readers.shutdownNow();
    }
  }
}
