package dev.tare.lineage;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Something that a build says it used.
 *
 * <pre>
 * pkg:docker/alpine@3.18?platform=linux%2Famd64
 * pkg:docker/ghcr.io/acme/base@1.2?digest=sha256:…&amp;platform=linux%2Farm64
 * docker-image://docker.io/library/alpine:3.18@sha256:…
 * https://github.com/acme/app.git#refs/heads/main
 * </pre>
 *
 * @param uri as written
 * @param digest null where none of a known algorithm is stated
 */
public record Material(String uri, @Nullable Digest digest) {
  private static final String DOCKER_IMAGE = "docker-image://";

  /** The image's name, with its tag where there is one; null for anything but an image. */
  public @Nullable String imageName() {
    if (uri.startsWith(DOCKER_IMAGE)) {
      return uri.substring(DOCKER_IMAGE.length()).split("@", 2)[0];
    }
    if (!uri.startsWith("pkg:docker/")) {
      return null;
    }
    PackageURL purl;
    try {
      purl = new PackageURL(uri);
    } catch (MalformedPackageURLException e) {
      return null; // Anybody can write anything there; what is no address names no image.
    }
    String namespace = purl.getNamespace();
    String version = purl.getVersion();
    return (namespace == null ? "" : namespace + "/")
        + purl.getName()
        + (version == null || version.contains(":") ? "" : ":" + version);
  }

  /** As facts show it. */
  public String text() {
    return digest == null || uri.contains(digest.hex()) ? uri : uri + " " + digest;
  }
}
