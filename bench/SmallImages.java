import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A registry of small images, and the command that scans it. */
final class SmallImages {
  private static final int TAGS = 10;
  private static final byte[] OS_RELEASE =
      "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"
          .getBytes(StandardCharsets.UTF_8);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String registry;

  SmallImages(String registry) {
    this.registry = registry;
  }

  /** The names of that many images, ten of a repository. */
  List<String> names(int images) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      names.add(registry + "/bench/app" + i / TAGS + ":1." + i % TAGS);
    }
    return names;
  }

  void push(int images) throws Exception {
    for (int i = 0; i < images; i++) {
      push("bench/app" + i / TAGS, "1." + i % TAGS, i);
    }
  }

  /** A scan in a process of its own, as it is run night after night. */
  ProcessBuilder scan(Path state, Path report) {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx192m",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.tare.app.Tare",
        "scan",
        registry,
        "--state",
        state.toString(),
        "-o",
        report.toString(),
        "--fail-on",
        "never",
        "--tickets",
        "none",
        "--format",
        "json",
        "--vulnerabilities",
        "never",
        "--no-progress");
  }

  /** An image of two layers, the first of which all images share. */
  private void push(String repository, String tag, int number) throws Exception {
    List<byte[]> tars = List.of(tar("etc/os-release", OS_RELEASE), tar("app/" + number, new byte[0]));
    StringBuilder layers = new StringBuilder();
    StringBuilder diffIds = new StringBuilder();
    for (byte[] tar : tars) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(tar);
      }
      String comma = layers.isEmpty() ? "" : ",";
      layers
          .append(comma)
          .append(blob(repository, "application/vnd.oci.image.layer.v1.tar+gzip", packed.toByteArray()));
      diffIds.append(comma).append('"').append(digest(tar)).append('"');
    }
    String config =
        blob(
            repository,
            "application/vnd.oci.image.config.v1+json",
            ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2026-11-21T02:00:00Z\","
                    + "\"config\":{\"Cmd\":[\"/app/run\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                    + diffIds
                    + "]}}")
                .getBytes(StandardCharsets.UTF_8));
    send(
        HttpRequest.newBuilder(address(repository + "/manifests/" + tag))
            .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                        + config
                        + ",\"layers\":["
                        + layers
                        + "]}")));
  }

  /** Pushes a blob and returns its descriptor. */
  private String blob(String repository, String mediaType, byte[] content) throws Exception {
    HttpResponse<String> begun =
        send(
            HttpRequest.newBuilder(address(repository + "/blobs/uploads/"))
                .POST(BodyPublishers.noBody()));
    URI location = begun.uri().resolve(begun.headers().firstValue("Location").orElseThrow());
    send(
        HttpRequest.newBuilder(
                URI.create(
                    location + (location.getRawQuery() == null ? "?" : "&") + "digest=" + digest(content)))
            .PUT(BodyPublishers.ofByteArray(content)));
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest(content), content.length);
  }

  private URI address(String path) {
    return URI.create("http://" + registry + "/v2/" + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> done = http.send(request.build(), BodyHandlers.ofString());
    if (done.statusCode() / 100 != 2) {
      throw new IllegalStateException(done + ": " + done.body());
    }
    return done;
  }

  private static String digest(byte[] content) throws Exception {
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  /** A tar of one file. */
  private static byte[] tar(String name, byte[] content) {
    byte[] tar = new byte[512 + (content.length + 511) / 512 * 512 + 1024];
    put(tar, 0, name);
    put(tar, 100, "0000644\0" + "0000000\0" + "0000000\0" + "%011o\0".formatted(content.length) + "00000000000\0");
    put(tar, 148, "        0");
    put(tar, 257, "ustar\00000");
    int sum = 0;
    for (byte each : Arrays.copyOf(tar, 512)) {
      sum += each & 0xff;
    }
    put(tar, 148, "%06o\0 ".formatted(sum));
    System.arraycopy(content, 0, tar, 512, content.length);
    return tar;
  }

  private static void put(byte[] tar, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, tar, at, bytes.length);
  }
}
