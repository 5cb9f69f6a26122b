package dev.tare.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
  @ParameterizedTest
  @CsvSource({
    "application/vnd.oci.image.layer.v1.tar, none",
    "application/vnd.oci.image.layer.v1.tar+gzip, gzip",
    "application/vnd.oci.image.layer.v1.tar+zstd, zstd",
    "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip, gzip",
    "application/vnd.docker.image.rootfs.diff.tar, none",
    "application/vnd.docker.image.rootfs.diff.tar.gzip, gzip",
    "application/vnd.docker.image.rootfs.diff.tar.zstd, zstd",
    "application/vnd.oci.image.layer.v1.tar+br,",
    "application/vnd.cncf.helm.chart.content.v1.tar+gzip,",
    "application/octet-stream,"
  })
  void compressionIsWhatTheMediaTypeOfALayerSays(String mediaType, String compression) {
    assertThat(MediaTypes.compression(mediaType)).isEqualTo(compression);
  }
}
