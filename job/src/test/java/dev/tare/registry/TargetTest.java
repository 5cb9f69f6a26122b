package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.ImageGlob;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static final String HASH = "a".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "registry.example.com, registry.example.com",
    "registry.example.com/, registry.example.com",
    "Registry.Example.com:5000, registry.example.com:5000",
    "localhost, localhost",
    "localhost:5000, localhost:5000",
    "build:5000, build:5000",
    "127.0.0.1:5001, 127.0.0.1:5001",
    "[::1]:5000, [::1]:5000",
    "registry:build, build",
    "registry:podman:5000, podman:5000",
    "registry:localhost:5000, localhost:5000",
    "index.docker.io, docker.io"
  })
  void registryHost(String text, String host) {
    assertThat(Target.parse(text)).isEqualTo(new Target.Registry(host));
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example.com/team/app, registry.example.com, team/app",
    "localhost/app, localhost, app",
    "localhost:5000/team, localhost:5000, team",
    "alpine, docker.io, library/alpine",
    "team/app, docker.io, team/app",
    "repository:app, docker.io, library/app",
    "repository:localhost:5000/app, localhost:5000, app",
    "docker.io/alpine, docker.io, library/alpine"
  })
  void repository(String text, String registry, String repository) {
    assertThat(Target.parse(text)).isEqualTo(new Target.Repository(registry, repository));
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example.com/team/*, registry.example.com, team/*",
    "localhost:5000/**, localhost:5000, **",
    "localhost:5000/team/app:1.*, localhost:5000, team/app:1.*",
    "team/*, docker.io, team/*"
  })
  void repositoryGlob(String text, String registry, String glob) {
    assertThat(Target.parse(text))
        .isEqualTo(new Target.RepositoryGlob(registry, ImageGlob.parse(glob)));
  }

  @ParameterizedTest
  @CsvSource({
    "alpine:3.20, docker.io/library/alpine:3.20",
    "redis:7, docker.io/library/redis:7",
    "registry:2, docker.io/library/registry:2",
    "app:20240131, docker.io/library/app:20240131",
    "localhost:5001/team/app:1.2, localhost:5001/team/app:1.2",
    "localhost:5001/team/app:5000, localhost:5001/team/app:5000",
    "ghcr.io/o/r:v1, ghcr.io/o/r:v1",
    "image:app, docker.io/library/app:latest",
    "image:localhost:5000/app, localhost:5000/app:latest",
    "registry-1.docker.io/library/alpine:3, docker.io/library/alpine:3"
  })
  void image(String text, String reference) {
    assertThat(Target.parse(text)).isInstanceOf(Target.Image.class).hasToString(reference);
  }

  @ParameterizedTest
  @CsvSource({
    "docker-daemon:, docker-daemon:",
    "docker-daemon:app, docker-daemon:/app",
    "docker-daemon:/app, docker-daemon:/app",
    "docker-daemon:app:1.2, docker-daemon:/app:1.2",
    "docker-daemon:localhost:5000/team/app:1.2, docker-daemon:/localhost-5000/team/app:1.2",
    "docker-daemon:team/*:1.*, docker-daemon:/team/*:1.*",
    "docker-daemon:localhost:5000/team/*, docker-daemon:/localhost-5000/team/*",
    "docker-daemon:fe7b48bb8510, docker-daemon:/fe7b48bb8510",
    "docker-daemon:sha256:fe7b48bb8510, docker-daemon:/fe7b48bb8510",
    "podman:localhost/app:1.2, podman:/localhost/app:1.2",
    "image:docker-daemon:app, docker-daemon:/app:latest",
    "image:docker-daemon:app:1.2, docker-daemon:/app:1.2",
    "image:docker-daemon:fe7b48bb8510, docker-daemon:/fe7b48bb8510",
    "image:podman:, podman:"
  })
  void imagesOfAnEngine(String text, String target) {
    assertThat(Target.parse(text)).hasToString(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5000/team/app@sha256:", "localhost:5000/team/app:1.2@sha256:"})
  void imageByDigest(String prefix) {
    assertThat(Target.parse(prefix + HASH))
        .isInstanceOf(Target.Image.class)
        .hasToString(prefix + HASH);
  }

  @ParameterizedTest
  @CsvSource({
    "https://registry.example.com, without a scheme",
    "'', expected a registry",
    "localhost:5000/Team/app, lower-case",
    "localhost:99999/app, expected host",
    "localhost:5000/app@sha256:12, 64",
    "localhost:5000/app@, digest",
    "localhost:5000/app:, tag",
    "repository:localhost:5000/app:1, no tag",
    "localhost:5000/../etc, lower-case",
    "docker-daemon:app@sha256:12, not a digest",
    "docker-daemon:app:, expected a tag",
    "docker-daemon:Team/app, lower-case",
    "podman:app:a b, tag"
  })
  void whatIsNotATargetSaysWhy(String text, String why) {
    assertThatThrownBy(() -> Target.parse(text))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
        .hasMessageContaining(why);
  }
}
