package dev.tare.demo;

import dev.tare.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v2/NAME/blobs/DIGEST} and {@code /v2/NAME/blobs/uploads/ID}. */
final class BlobRoutes {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");

  private final RegistryContent content;
  private final Function<String, @Nullable Repository> repositories;
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();

  /**
   * Routes over this content.
   *
   * @param repositories from a name to what is there already, for mounts
   */
  BlobRoutes(RegistryContent content, Function<String, @Nullable Repository> repositories) {
    this.content = content;
    this.repositories = repositories;
  }

  Answer blob(Call call, Repository repository) throws IOException {
    Digest digest = Digest.parse(call.subject());
    if (!repository.hasBlob(digest)) {
      return Answer.error(404, "BLOB_UNKNOWN", "blob unknown to registry");
    }
    return switch (call.method()) {
      case "GET", "HEAD" -> part(call, digest);
      case "DELETE" -> {
        repository.removeBlob(digest);
        yield Answer.empty(202);
      }
      default -> Answer.error(405, "UNSUPPORTED", "method not allowed");
    };
  }

  private Answer part(Call call, Digest digest) throws IOException {
    long size = content.size(digest);
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/octet-stream",
            "Docker-Content-Digest",
            digest.toString(),
            "Accept-Ranges",
            "bytes");
    String asked = call.header("Range");
    Matcher range = RANGE.matcher(asked == null ? "" : asked);
    if (!range.matches()) {
      return new Answer(200, headers, size, () -> content.open(digest));
    }
    long from = Long.parseLong(range.group(1));
    long to =
        range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
    if (from > to) {
      return Answer.error(416, "RANGE_INVALID", "range not satisfiable")
          .with("Content-Range", "bytes */" + size);
    }
    return new Answer(
            206,
            headers,
            to - from + 1,
            () -> {
              InputStream stream = content.open(digest);
              stream.skipNBytes(from);
              return stream;
            })
        .with("Content-Range", "bytes " + from + "-" + to + "/" + size);
  }

  Answer upload(Call call, Repository repository) throws IOException {
    if (call.method().equals("POST")) {
      return start(call, repository);
    }
    ByteArrayOutputStream upload = uploads.get(call.subject());
    if (upload == null) {
      return Answer.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    }
    return switch (call.method()) {
      case "GET" -> progress(call, 204, upload.size());
      case "PATCH" -> {
        upload.write(call.body());
        yield progress(call, 202, upload.size());
      }
      case "PUT" -> {
        upload.write(call.body());
        uploads.remove(call.subject());
        yield finish(call, repository, upload.toByteArray());
      }
      case "DELETE" -> {
        uploads.remove(call.subject());
        yield Answer.empty(204);
      }
      default -> Answer.error(405, "UNSUPPORTED", "method not allowed");
    };
  }

  private Answer start(Call call, Repository repository) throws IOException {
    String mount = call.parameter("mount");
    String from = call.parameter("from");
    if (mount != null && from != null) {
      Digest digest = Digest.parse(mount);
      Repository source = repositories.apply(from);
      if (source != null && source.hasBlob(digest)) {
        repository.addBlob(digest);
        return created(call, digest);
      }
    }
    if (call.parameter("digest") != null) {
      return finish(call, repository, call.body());
    }
    String id = UUID.randomUUID().toString();
    uploads.put(id, new ByteArrayOutputStream());
    return progress(new Call(call.method(), call.repository(), id, call.exchange()), 202, 0);
  }

  private static Answer progress(Call call, int status, int bytes) {
    return Answer.empty(status)
        .with("Location", "/v2/" + call.repository() + "/blobs/uploads/" + call.subject())
        .with("Docker-Upload-UUID", call.subject())
        .with("Range", "0-" + Math.max(0, bytes - 1));
  }

  private Answer finish(Call call, Repository repository, byte[] blob) throws IOException {
    String stated = call.parameter("digest");
    if (stated == null) {
      return Answer.error(400, "DIGEST_INVALID", "digest missing");
    }
    Digest digest = Digest.parse(stated);
    if (!digest.withHash(digest.newMessageDigest().digest(blob)).equals(digest)) {
      return Answer.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
    }
    content.put(digest, blob);
    repository.addBlob(digest);
    return created(call, digest);
  }

  private static Answer created(Call call, Digest digest) {
    return Answer.empty(201)
        .with("Location", "/v2/" + call.repository() + "/blobs/" + digest)
        .with("Docker-Content-Digest", digest.toString());
  }
}
