package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import dev.tare.testing.DistributionBinary;
import dev.tare.testing.Skopeo;
import dev.tare.testing.TestImages;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** CNCF Distribution with Basic authentication. */
class DistributionAuthIT {
  @Test
  void rightCredentialsReadAndWrongOnesEndTheRun() {
    try (DistributionBinary registry = DistributionBinary.withBasicAuth("scan", "s3cret")) {
      Skopeo.push(
          "oci-archive:" + TestImages.path("oci/dive-gzip.tar"),
          registry.host() + "/team/app:1",
          "--dest-creds=scan:s3cret");
      try (ImageSource source = open(registry, "s3cret")) {
        assertThat(source.repositories().next()).isEqualTo("team/app");
        assertThat(source.tags("team/app")).containsExactly("1");
      }
      try (ImageSource source = open(registry, "wrong")) {
        assertThatThrownBy(() -> source.tags("team/app"))
            .isInstanceOfSatisfying(
                TareException.class,
                e -> {
                  assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
                  assertThat(e.hint()).contains("docker login " + registry.host());
                })
            .hasMessageContaining("401 UNAUTHORIZED");
      }
    }
  }

  private static ImageSource open(DistributionBinary registry, String password) {
    return RegistrySources.open(
        registry.host(),
        RegistryOptions.defaults(),
        (host, repository) -> Optional.of(new RegistryCredential("scan", password)),
        new StopSignal());
  }
}
