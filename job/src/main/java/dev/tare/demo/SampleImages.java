package dev.tare.demo;

import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small estate of made-up images to audit: nothing in them comes from a real image, and no
 * program in them does anything.
 *
 * <pre>
 * base/debian:12        dpkg, bash, apt; everything else stands on these three
 * base/alpine:3.20      apk, busybox with its links
 * base/distroless:12    dpkg status.d, no shell
 * team/web:1.4, 1.5     on debian: curl, apt's lists left behind, root
 * team/api:2.0          on distroless: clean, numeric user, names its base
 * team/worker:0.9       on alpine: wget, apk's cache left behind
 * team/batch:7          on debian: many layers, files replaced and deleted later
 * legacy/app:latest     on an own copy of debian, ten years old
 * edge/probe:1.0        from scratch
 * edge/agent:2.1        for two platforms, a Docker manifest list
 * team/broken:1         on request only: a layer is missing
 * </pre>
 */
public final class SampleImages {
  private static final Instant LEGACY = Instant.parse("2016-03-01T08:00:00Z");
  private static final int KIB = 1024;

  private final String registry;
  private final Instant today;
  private final boolean broken;

  private SampleImages(String registry, Instant today, boolean broken) {
    this.registry = registry;
    this.today = today;
    this.broken = broken;
  }

  /**
   * The estate for a registry that speaks plain HTTP on this machine, {@code localhost:5001}; the
   * images' ages count from {@code clock}'s day.
   */
  public static SampleImages of(String registry, InstantSource clock) {
    return new SampleImages(registry, clock.instant().truncatedTo(ChronoUnit.DAYS), false);
  }

  /**
   * The same with {@code team/broken:1}, whose layer is deleted again after the push: for a
   * registry that lets blobs be deleted.
   */
  public SampleImages withBrokenImage() {
    return new SampleImages(registry, today, true);
  }

  /**
   * Builds and pushes them all.
   *
   * @return a reference for each tag
   * @throws TareException ENVIRONMENT where the registry does not take them
   */
  public List<Reference> push() {
    try (ExecutorService threads = DaemonThreads.asMany("push-")) {
      Path work = Files.createTempDirectory("tare-demo");
      try {
        SamplePusher pusher = new SamplePusher(registry, work, threads);
        pushAll(pusher);
        return pusher.pushed();
      } finally {
        delete(work);
      }
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "build sample images: " + e.getMessage(), null, e);
    }
  }

  private void pushAll(SamplePusher pusher) throws IOException {
    Instant baseMade = today.minus(Duration.ofDays(40));
    pusher.push(
        pusher
            .of("debian", BaseImages.debian(), baseMade, "ADD rootfs.tar.xz / # debian")
            .setProgramArguments("bash")
            .setCreationTime(baseMade),
        "base/debian",
        "12");
    pusher.push(
        pusher
            .of("alpine", BaseImages.alpine(), baseMade, "ADD alpine-minirootfs.tar.gz /")
            .setProgramArguments("/bin/sh")
            .setCreationTime(baseMade),
        "base/alpine",
        "3.20");
    Digest distroless =
        pusher.push(
            pusher
                .of("distroless", BaseImages.distroless(), baseMade, "bazel build :static")
                .setUser("65532")
                .setCreationTime(baseMade),
            "base/distroless",
            "12");
    web(pusher, "1.4", Duration.ofDays(21));
    web(pusher, "1.5", Duration.ofDays(3));
    api(pusher, distroless);
    worker(pusher);
    batch(pusher);
    legacy(pusher);
    scratch(pusher);
    platforms(pusher);
    if (broken) {
      breakLayer(pusher);
    }
  }

  private void web(SamplePusher pusher, String version, Duration age) throws IOException {
    JibContainerBuilder image =
        pusher
            .on(tag("base/debian", "12"))
            .addFileEntriesLayer(
                layer(pusher, "RUN apt-get update && apt-get install -y curl")
                    .program("/usr/bin/curl", 260 * KIB)
                    .program("/usr/lib/libcurl.so.4", 700 * KIB)
                    .file("/var/lib/dpkg/status", withCurl())
                    .file("/var/lib/dpkg/info/curl.list", "/.\n/usr/bin/curl\n")
                    .file(
                        "/var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_InRelease",
                        "644",
                        filler("InRelease", 150 * KIB))
                    .file(
                        "/var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_main_Packages",
                        "644",
                        filler("Packages", 900 * KIB))
                    .build())
            .addFileEntriesLayer(
                layer(pusher, "COPY web /app/")
                    .program("/app/web", 2_000 * KIB)
                    .file("/app/lib/web-search.jar", "644", SampleJar.of("web-search", version))
                    .file("/app/version", version + "\n")
                    .build())
            .setEntrypoint("/app/web")
            .addExposedPort(Port.tcp(8080))
            .addLabel("org.opencontainers.image.version", version)
            .setCreationTime(today.minus(age));
    pusher.push(image, "team/web", version);
  }

  private void api(SamplePusher pusher, Digest base) throws IOException {
    pusher.push(
        pusher
            .on(tag("base/distroless", "12"))
            .addFileEntriesLayer(
                layer(pusher, "COPY api /").program("/usr/local/bin/api", 1_500 * KIB).build())
            .setEntrypoint("/usr/local/bin/api")
            .setUser("65532")
            .setFormat(ImageFormat.OCI)
            // jib writes no annotations into manifests; builders that cannot either use labels.
            .addLabel("org.opencontainers.image.base.name", registry + "/base/distroless:12")
            .addLabel("org.opencontainers.image.base.digest", base.toString())
            .addLabel("org.opencontainers.image.version", "2.0")
            .setCreationTime(today.minus(Duration.ofDays(5))),
        "team/api",
        "2.0");
  }

  private void worker(SamplePusher pusher) throws IOException {
    pusher.push(
        pusher
            .on(tag("base/alpine", "3.20"))
            .addFileEntriesLayer(
                layer(pusher, "RUN apk add wget")
                    .program("/usr/local/bin/wget", 430 * KIB)
                    .file(
                        "/var/cache/apk/APKINDEX.b53994b4.tar.gz",
                        "644",
                        filler("APKINDEX", 500 * KIB))
                    .build())
            .addFileEntriesLayer(
                layer(pusher, "COPY worker /app/")
                    .file(
                        "/app/worker",
                        "755",
                        "#!/bin/sh\nexec sleep 3600\n".getBytes(StandardCharsets.UTF_8))
                    .build())
            .setEntrypoint("/app/worker")
            .setUser("nobody")
            .setCreationTime(today.minus(Duration.ofDays(12))),
        "team/worker",
        "0.9");
  }

  private void batch(SamplePusher pusher) throws IOException {
    JibContainerBuilder image = pusher.on(tag("base/debian", "12"));
    image.addFileEntriesLayer(
        layer(pusher, "COPY sources.tar /build/")
            .file("/build/sources.tar", "644", filler("sources", 1_200 * KIB))
            .program("/usr/bin/gcc", 1_000 * KIB)
            .build());
    for (int revision = 1; revision <= 4; revision++) {
      image.addFileEntriesLayer(
          layer(pusher, "RUN build-data --revision " + revision)
              .file("/opt/batch/data.bin", "644", filler("data" + revision, 600 * KIB))
              .build());
    }
    image.addFileEntriesLayer(
        layer(pusher, "RUN rm -r /build/sources.tar /usr/bin/gcc")
            .delete("/build/sources.tar")
            .delete("/usr/bin/gcc")
            .build());
    for (String module : List.of("import", "export", "report", "archive")) {
      image.addFileEntriesLayer(
          layer(pusher, "COPY " + module + " /opt/batch/bin/")
              .program("/opt/batch/bin/" + module, 120 * KIB)
              .build());
    }
    pusher.push(
        image
            .setEntrypoint("/opt/batch/bin/import")
            .addEnvironmentVariable("DB_PASSWORD", "change-me")
            .setCreationTime(today.minus(Duration.ofDays(90))),
        "team/batch",
        "7");
  }

  private void legacy(SamplePusher pusher) throws IOException {
    JibContainerBuilder image =
        pusher
            .of("legacy", BaseImages.debian(), LEGACY, "ADD file:root in /")
            .addFileEntriesLayer(
                layer(pusher, "ADD app /srv")
                    .file("/srv/app.py", "#!/usr/bin/python\nprint('hello')\n")
                    .program("/usr/sbin/sshd", 800 * KIB)
                    .program("/usr/bin/nc", 30 * KIB)
                    .file("/root/.ssh/id_rsa", "600", filler("not a key", 2 * KIB))
                    .build())
            .setProgramArguments("/usr/sbin/sshd", "-D")
            .addExposedPort(Port.tcp(22))
            .setCreationTime(LEGACY);
    pusher.push(image, "legacy/app", "latest");
  }

  private void scratch(SamplePusher pusher) throws IOException {
    pusher.push(
        Jib.fromScratch()
            .addFileEntriesLayer(layer(pusher, "COPY probe /").program("/probe", 900 * KIB).build())
            .setEntrypoint("/probe")
            .setUser("65534:65534")
            .setCreationTime(today.minus(Duration.ofDays(8))),
        "edge/probe",
        "1.0");
  }

  private void platforms(SamplePusher pusher) throws IOException {
    pusher.push(
        Jib.fromScratch()
            .setPlatforms(Set.of(new Platform("amd64", "linux"), new Platform("arm64", "linux")))
            .addFileEntriesLayer(
                layer(pusher, "COPY agent /")
                    .file("/usr/share/agent/rules", "allow all\n")
                    .program("/agent", 1_100 * KIB)
                    .build())
            .setEntrypoint("/agent")
            .setUser("65532")
            .setFormat(ImageFormat.Docker)
            .setCreationTime(today.minus(Duration.ofDays(8))),
        "edge/agent",
        "2.1");
  }

  private void breakLayer(SamplePusher pusher) throws IOException {
    Digest manifest =
        pusher.push(
            Jib.fromScratch()
                .addFileEntriesLayer(
                    layer(pusher, "COPY lost /").program("/lost", 64 * KIB).build())
                .setCreationTime(today),
            "team/broken",
            "1");
    String repository = "http://" + registry + "/v2/team/broken";
    byte[] document = send("GET", repository + "/manifests/" + manifest, 200);
    JsonNode layer = JsonMapper.builder().build().readTree(document).path("layers").path(0);
    send("DELETE", repository + "/blobs/" + layer.path("digest").asString(), 202);
  }

  private static byte[] send(String method, String uri, int expected) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create(uri))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != expected) {
        throw new IOException(
            method + " " + uri + ": status " + response.statusCode() + ", expected " + expected);
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(method + " " + uri + ": interrupted", e);
    }
  }

  private static String withCurl() {
    List<DebianPackages.Installed> installed =
        Stream.concat(
                BaseImages.DEBIAN.stream(),
                Stream.of(
                    new DebianPackages.Installed("curl", "7.88.1-10+deb12u5", 500),
                    new DebianPackages.Installed("libcurl4", "7.88.1-10+deb12u5", 828)))
            .toList();
    return DebianPackages.status(installed);
  }

  /** Bytes that compress as badly as real content. */
  private static byte[] filler(String name, int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new Random(name.hashCode()).nextBytes(bytes);
    return bytes;
  }

  private static SampleLayer layer(SamplePusher pusher, String step) {
    return new SampleLayer(pusher.work(), step);
  }

  private Reference tag(String repository, String tag) {
    return Reference.tagged(registry, repository, tag);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
