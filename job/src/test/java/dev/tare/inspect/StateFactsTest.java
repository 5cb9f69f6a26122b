package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.ImageConfig;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateFactsTest {
  /** Debian has {@code var/run -> /run}, and a runtime copies to a volume what lies behind. */
  @Test
  void volumeHoldsWhatItsPathLeadsTo() {
    ImageConfig config =
        ImageConfig.parse(
            """
            {"os":"linux","architecture":"amd64",
             "config":{"Volumes":{"/var/run/pg":{},"/srv/data/":{},"/none":{}}},
             "rootfs":{"type":"layers","diff_ids":[]}}
            """
                .getBytes(StandardCharsets.UTF_8));

    List<ImageFacts.State> state =
        state(
            config,
            LayerTar.of()
                .symlink("var/run", "/run")
                .file("run/pg/data", "12345")
                .file("run/pg2/data", "12345")
                .file("srv/data/a", "123")
                .file("old/none", ""),
            LayerTar.of().file("var/run/pg/more", "12").symlink("none", "srv/data"));

    assertThat(state)
        .containsExactlyInAnyOrder(
            new ImageFacts.State("volume", "/var/run/pg", 7),
            new ImageFacts.State("volume", "/srv/data", 3),
            new ImageFacts.State("volume", "/none", 3));
  }

  /** A layer can hold pipes and devices, whatever their names, and no sockets. */
  @Test
  void deviceIsNoSocket() {
    assertThat(
            state(
                RealImages.config(List.of(), List.of(), null),
                LayerTar.of().device("run/app.sock").file("run/app.pid", "1")))
        .containsExactly(new ImageFacts.State("pid", "/run/app.pid", 1));
  }

  private static List<ImageFacts.State> state(ImageConfig config, LayerTar... layers) {
    return RealImages.inspect(
            config,
            Arrays.stream(layers)
                .map(layer -> new RealImages.Blob(layer.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
                .toList(),
            RealImages.NO_LINEAGE)
        .state();
  }
}
