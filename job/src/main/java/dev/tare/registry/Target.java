package dev.tare.registry;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.oci.Glob;
import dev.tare.oci.ImageGlob;
import dev.tare.oci.Reference;
import dev.tare.oci.WrittenName;
import dev.tare.registry.engine.EngineKind;
import dev.tare.registry.local.EngineImageSource;
import dev.tare.registry.local.LocalPlace;
import dev.tare.registry.wire.RegistryHost;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person asks to have audited.
 *
 * <pre>
 * registry.example.com  localhost:5000       a registry: a word with a dot or a port, or localhost
 * registry.example.com/team/app              a repository: all its tags
 * registry.example.com/team/*                repositories
 * registry.example.com/team/app:1.2          an image; so is …@sha256:…
 * alpine:3.20  alpine  team/app              Docker's rules hold: docker.io/library/alpine:3.20, …
 * oci:build/image  oci:build/image:1.2       an OCI layout, a directory or a tar of one
 * docker-archive:app.tar                     what docker save wrote, also compressed
 * docker-daemon:app:1.2  podman:app          images of an engine of this machine; without a name all
 * registry:build  repository:app  image:app  no doubt left
 * </pre>
 *
 * Without a dot, {@code name:number} is a registry where the number can hardly be a tag (80, 443,
 * 1024 to 65535), else an image: {@code build:5000} and {@code redis:7}.
 */
public sealed interface Target {
  /** The registry, {@code host[:port]}. */
  String registry();

  /** All repositories of a registry. */
  record Registry(String registry) implements Target {
    @Override
    public String toString() {
      return registry;
    }
  }

  /** All tags of a repository, or where there is none of this name, of those below it. */
  record Repository(String registry, String repository) implements Target {
    @Override
    public String toString() {
      return registry + "/" + repository;
    }
  }

  /** All tags of the repositories that match, or those tags that match. */
  record RepositoryGlob(String registry, ImageGlob glob) implements Target {
    @Override
    public String toString() {
      return registry + "/" + glob;
    }
  }

  /** One image by its tag, its digest, or both. */
  record Image(Reference reference) implements Target {
    @Override
    public String registry() {
      return reference.registry();
    }

    @Override
    public String toString() {
      return reference.toString();
    }
  }

  /** Parses a target; throws USAGE with what is wrong about it. */
  static Target parse(String text) {
    return Parser.parse(text.strip());
  }

  /** What a target can look like, for people who typed one that is none. */
  String FORMS =
      "Targets look like registry.example.com, registry.example.com/team/app,"
          + " 'registry.example.com/team/*', registry.example.com/team/app:1.2, alpine:3.20,"
          + " oci:DIR, docker-archive:FILE, docker-daemon:IMAGE or podman:IMAGE.";

  /** Reads targets. */
  final class Parser {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

    /** The image named "registry" is known to everybody, hosts named "2" or "2.8" are not. */
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+){0,2}");

    /** A name and a password before a host; what stands before a digest is an image. */
    private static final Pattern CREDENTIALS =
        Pattern.compile("(?:\\w+://)?[^/@:]+:.+@(?!$|[a-z0-9]+:[0-9a-zA-Z]*$)");

    private Parser() {}

    private static Target parse(String text) {
      try {
        return target(text);
      } catch (TareException e) {
        throw e.hint() == null ? wrong(text, String.valueOf(e.getMessage())) : e;
      }
    }

    private static Target target(String text) {
      if (text.isEmpty()) {
        throw wrong(text, "expected a registry, a repository or an image");
      }
      if (LocalPlace.isOne(text)) {
        return local(text);
      }
      Optional<EngineKind> engine = EngineKind.of(text);
      if (engine.isPresent()) {
        return ofEngine(text, engine.get(), text);
      }
      requireNoSecrets(text);
      if (text.contains("://")) {
        throw new TareException(
            FailureKind.USAGE,
            "target \"" + text + "\": expected a name without a scheme",
            "Leave out the scheme; --plain-http chooses plain HTTP.");
      }
      if (text.startsWith("registry:") && !VERSION.matcher(after(text)).matches()) {
        return registry(after(text));
      }
      if (text.startsWith("repository:") && !VERSION.matcher(after(text)).matches()) {
        return repository(text, after(text));
      }
      if (text.startsWith("image:") && !VERSION.matcher(after(text)).matches()) {
        return image(text, after(text));
      }
      String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      return bare.contains("/") || !isRegistry(bare) ? named(text, bare) : registry(bare);
    }

    /** What holds a password must not be quoted, as every other message about a target does. */
    private static void requireNoSecrets(String text) {
      if (text.startsWith("jdbc:")) {
        throw new TareException(
            FailureKind.USAGE,
            "target \"jdbc:…\": a database is no target",
            "--state names the database in which Tare keeps what it has read.");
      }
      if (CREDENTIALS.matcher(text).lookingAt()) {
        throw new TareException(
            FailureKind.USAGE,
            "target \"…" + text.substring(text.lastIndexOf('@')) + "\": expected no credentials",
            "Log in with docker login, or set TARE_REGISTRY_USERNAME and TARE_REGISTRY_PASSWORD.");
      }
    }

    /** A layout or an archive is a registry of its own; its path may be followed by a tag. */
    private static Target local(String text) {
      int colon = text.lastIndexOf(':');
      boolean tagged = colon > text.indexOf(':') && colon > text.lastIndexOf('/');
      String tag = tagged ? text.substring(colon + 1) : "";
      if (tagged && !Reference.isTag(tag)) {
        throw wrong(text, "expected a tag after the last colon");
      }
      String registry = LocalPlace.of(tagged ? text.substring(0, colon) : text).registry();
      return tagged
          ? new RepositoryGlob(registry, ImageGlob.parse("**:" + tag))
          : new Registry(registry);
    }

    /** An engine is a registry of its own, whose images it may also be asked for by their IDs. */
    private static Target ofEngine(String text, EngineKind engine, String prefixed) {
      String name = prefixed.substring(engine.prefix().length()).replaceFirst("^/|^sha256:", "");
      if (name.isEmpty()) {
        return new Registry(engine.prefix());
      }
      WrittenName written = WrittenName.of(name);
      String tag = written.tag();
      if (written.digest() != null) {
        throw wrong(text, "expected a tag or an ID, not a digest");
      }
      if ("".equals(tag)) {
        throw wrong(text, "expected a tag after :");
      }
      if (Glob.isPattern(name)) {
        return new RepositoryGlob(
            engine.prefix(),
            ImageGlob.parse(
                written.repository().replace(':', '-') + (tag == null ? "" : ":" + tag)));
      }
      Reference.requireRepository(written.path());
      String repository = EngineImageSource.repository(written.repository());
      return tag == null
          ? new Repository(engine.prefix(), repository)
          : new Image(Reference.tagged(engine.prefix(), repository, tag));
    }

    private static Target named(String text, String name) {
      Parts parts = Parts.of(text, name);
      if (Glob.isPattern(parts.path()) || Glob.isPattern(parts.tag())) {
        return repository(text, name);
      }
      return parts.tag().isEmpty() && parts.digest().isEmpty()
          ? repository(text, name)
          : image(text, name);
    }

    private static Target registry(String host) {
      return new Registry(
          RegistryHost.parse(host.endsWith("/") ? host.substring(0, host.length() - 1) : host)
              .name());
    }

    private static Target repository(String text, String name) {
      Parts parts = Parts.of(text, name);
      if (!parts.digest().isEmpty()) {
        throw wrong(text, "a repository has no digest");
      }
      if (Glob.isPattern(parts.path()) || Glob.isPattern(parts.tag())) {
        return new RepositoryGlob(
            parts.registry(),
            ImageGlob.parse(parts.path() + (parts.tag().isEmpty() ? "" : ":" + parts.tag())));
      }
      if (!parts.tag().isEmpty()) {
        throw wrong(text, "a repository has no tag");
      }
      return new Repository(
          parts.registry(),
          Reference.tagged(parts.registry(), parts.path(), "latest").repository());
    }

    private static Target image(String text, String name) {
      Optional<EngineKind> engine = EngineKind.of(name);
      if (engine.isPresent()) {
        Target target = ofEngine(text, engine.get(), name);
        return target instanceof Repository one && !EngineImageSource.isId(one.repository())
            ? new Image(Reference.tagged(one.registry(), one.repository(), "latest"))
            : target;
      }
      Parts parts = Parts.of(text, name);
      String tag = parts.tag().isEmpty() && parts.digest().isEmpty() ? "latest" : parts.tag();
      return new Image(
          new Reference(
              parts.registry(),
              parts.path(),
              tag.isEmpty() ? null : tag,
              parts.digest().isEmpty() ? null : digest(text, parts.digest())));
    }

    private static Digest digest(String text, String digest) {
      try {
        return Digest.parse(digest);
      } catch (TareException e) {
        throw new TareException(
            FailureKind.USAGE, "target \"" + text + "\": " + e.getMessage(), null, e);
      }
    }

    private static boolean isRegistry(String word) {
      if (!RegistryHost.isHost(word)) {
        return false;
      }
      int colon = word.lastIndexOf(':');
      String host = colon < 0 || word.endsWith("]") ? word : word.substring(0, colon);
      if (host.contains(".") || host.equals("localhost") || host.startsWith("[")) {
        return true;
      }
      String port = colon < 0 ? "" : word.substring(colon + 1);
      if (!NUMBER.matcher(port).matches()) {
        return false;
      }
      int number = Integer.parseInt(port);
      return number == 80 || number == 443 || (number >= 1024 && number <= 65_535);
    }

    private static String after(String prefixed) {
      return prefixed.substring(prefixed.indexOf(':') + 1);
    }

    private static TareException wrong(String text, String why) {
      return new TareException(FailureKind.USAGE, "target \"" + text + "\": " + why, FORMS);
    }

    /** A name taken apart; what is not there is empty. */
    private record Parts(String registry, String path, String tag, String digest) {
      private static Parts of(String text, String name) {
        WrittenName written = WrittenName.of(name);
        String path = written.path();
        if ("".equals(written.digest())) {
          throw wrong(text, "expected a digest after @");
        }
        if ("".equals(written.tag())) {
          throw wrong(text, "expected a tag after :");
        }
        String host = written.registry();
        String registry = host == null ? WrittenName.DOCKER_HUB : RegistryHost.parse(host).name();
        if (!Glob.isPattern(path)) {
          Reference.requireRepository(path);
        }
        boolean official = registry.equals(WrittenName.DOCKER_HUB) && !path.contains("/");
        return new Parts(
            registry,
            official ? "library/" + path : path,
            Objects.requireNonNullElse(written.tag(), ""),
            Objects.requireNonNullElse(written.digest(), ""));
      }
    }
  }
}
