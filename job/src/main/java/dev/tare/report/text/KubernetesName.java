package dev.tare.report.text;

import dev.tare.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The name of a resource for a repository: readable, and different for different repositories.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names">DNS
 *     subdomain names</a>
 */
public final class KubernetesName {
  private static final int READABLE = 200;
  private static final int HASH = 10;

  private KubernetesName() {}

  /** {@code tare-localhost-5000-team-app-0123456789-1}. */
  public static String of(String repository, int part) {
    String readable =
        repository.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String hash =
        Digest.sha256(repository.getBytes(StandardCharsets.UTF_8))
            .toString()
            .substring("sha256:".length(), "sha256:".length() + HASH);
    return "tare-"
        + readable.substring(0, Math.min(READABLE, readable.length()))
        + "-"
        + hash
        + "-"
        + part;
  }
}
