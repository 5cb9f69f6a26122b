package dev.tare.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a registry holds, read with a client of its own that shares no code with Tare's: what a scan
 * is measured against.
 *
 * @param images {@code repository:tag platform digest} of each image manifest
 * @param attached digests of manifests of an index that are no images
 * @param layers size in bytes of each different layer blob of the images
 */
public record RegistryCrawl(
    Set<String> repositories, Set<String> images, Set<String> attached, Map<String, Long> layers) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String ACCEPTED =
      "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json,"
          + " application/vnd.docker.distribution.manifest.list.v2+json,"
          + " application/vnd.docker.distribution.manifest.v2+json";

  /** Reads all of a registry that speaks plain HTTP without authentication. */
  public static RegistryCrawl of(String host) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new Walk(client, "http://" + host + "/v2/").walk();
    }
  }

  /** Compressed bytes of the layers, each once. */
  public long layerBytes() {
    return layers.values().stream().mapToLong(Long::longValue).sum();
  }

  private static final class Walk {
    private final HttpClient client;
    private final String base;
    private final RegistryCrawl found =
        new RegistryCrawl(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeMap<>());

    Walk(HttpClient client, String base) {
      this.client = client;
      this.base = base;
    }

    RegistryCrawl walk() {
      for (JsonNode repository : get("_catalog?n=1000").body().path("repositories")) {
        String name = repository.stringValue();
        found.repositories.add(name);
        for (JsonNode tag : get(name + "/tags/list?n=1000").body().path("tags")) {
          tagged(name, tag.stringValue());
        }
      }
      return found;
    }

    private void tagged(String repository, String tag) {
      Answer top = get(repository + "/manifests/" + tag);
      if (!top.body().has("manifests")) {
        image(repository, tag, top, null);
        return;
      }
      for (JsonNode entry : top.body().path("manifests")) {
        String digest = entry.path("digest").stringValue();
        String platform = platform(entry.path("platform"));
        if (platform.equals("unknown/unknown")) {
          found.attached.add(digest);
        } else {
          image(repository, tag, get(repository + "/manifests/" + digest), platform);
        }
      }
    }

    private void image(String repository, String tag, Answer manifest, String stated) {
      String config = manifest.body().path("config").path("digest").stringValue();
      String platform =
          stated == null ? platform(get(repository + "/blobs/" + config).body()) : stated;
      found.images.add(repository + ":" + tag + " " + platform + " " + manifest.digest());
      for (JsonNode layer : manifest.body().path("layers")) {
        found.layers.put(layer.path("digest").stringValue(), layer.path("size").longValue());
      }
    }

    private static String platform(JsonNode node) {
      String variant = node.path("variant").asString("");
      return node.path("os").asString("unknown")
          + "/"
          + node.path("architecture").asString("unknown")
          + (variant.isEmpty() ? "" : "/" + variant);
    }

    private Answer get(String path) {
      try {
        HttpResponse<byte[]> response =
            client.send(
                HttpRequest.newBuilder(URI.create(base + path)).header("Accept", ACCEPTED).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
          throw new IllegalStateException(base + path + ": status " + response.statusCode());
        }
        return new Answer(
            response.headers().firstValue("Docker-Content-Digest").orElse(""),
            MAPPER.readTree(response.body()));
      } catch (IOException e) {
        throw new IllegalStateException(base + path, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private record Answer(String digest, JsonNode body) {}
}
