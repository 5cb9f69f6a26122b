package dev.tare.registry.login;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a file of logins calls a registry or a namespace of one, in one form for all ways to write
 * it:
 *
 * <pre>
 * registry.example.com            registry.example.com
 * https://registry.example.com/   registry.example.com
 * https://index.docker.io/v1/     docker.io
 * registry.example.com/team       registry.example.com/team
 * *.example.com                   *.example.com; a * is any part of one label, as for Kubernetes
 * </pre>
 *
 * @param host with a port where it has one, lower case
 * @param path of a namespace or a repository, without slashes around it; empty for the registry
 * @see <a
 *     href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json</a>
 * @see <a href="https://kubernetes.io/docs/concepts/containers/images/#config-json">How Kubernetes
 *     reads it</a>
 */
record LoginKey(String host, String path) {
  private static final String DOCKER_HUB = "docker.io";
  private static final Set<String> NAMES_OF_DOCKER_HUB =
      Set.of("index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

  static LoginKey of(String written) {
    String address = written.strip().replaceFirst("^https?://", "");
    int slash = address.indexOf('/');
    String host = (slash < 0 ? address : address.substring(0, slash)).toLowerCase(Locale.ROOT);
    String path = slash < 0 ? "" : address.substring(slash).replaceAll("^/+|/+$", "");
    return new LoginKey(
        NAMES_OF_DOCKER_HUB.contains(host) ? DOCKER_HUB : host,
        path.equals("v1") || path.equals("v2") ? "" : path);
  }

  /** The keys that are looked for, the most specific one first. */
  static List<LoginKey> of(String registry, @Nullable String repository) {
    List<LoginKey> keys = new ArrayList<>();
    LoginKey whole = of(registry);
    String path = repository == null ? "" : repository;
    while (!path.isEmpty()) {
      keys.add(new LoginKey(whole.host, path));
      path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
    keys.add(whole);
    return keys;
  }

  /** Whether this key of a file, whose host may have {@code *}, is meant by one that is sought. */
  boolean matches(LoginKey sought) {
    if (!path.equals(sought.path)) {
      return false;
    }
    return host.contains("*") ? pattern().matcher(sought.host).matches() : host.equals(sought.host);
  }

  private Pattern pattern() {
    return Pattern.compile(
        Arrays.stream(host.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("[^.:]*")));
  }

  /** The key of the registry that it is about. */
  LoginKey registry() {
    return new LoginKey(host, "");
  }

  /** What a helper knows the registry by where no file says it. */
  String server() {
    return host.equals(DOCKER_HUB) ? "https://index.docker.io/v1/" : host;
  }

  /** As Podman writes it. */
  @Override
  public String toString() {
    return path.isEmpty() ? host : host + "/" + path;
  }
}
