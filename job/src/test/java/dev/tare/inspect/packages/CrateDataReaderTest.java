package dev.tare.inspect.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.inspect.packages.rust.CrateDataReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrateDataReaderTest {
  private static final int PLACE = 777;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 62, 63, 64, 65, 127, 200, 776, 777, 778, 5_000})
  void listIsFoundWhereverThePiecesOfAProgramEnd(int piece) throws IOException {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    try (DeflaterOutputStream zip = new DeflaterOutputStream(list)) {
      zip.write(
          "{\"packages\":[{\"name\":\"a\",\"version\":\"1.0.0\"}]}"
              .getBytes(StandardCharsets.UTF_8));
    }
    byte[] file = new byte[3_000];
    Arrays.fill(file, 100, PLACE, (byte) 0x78);
    System.arraycopy(list.toByteArray(), 0, file, PLACE, list.size());
    CrateDataReader reader = new CrateDataReader(file.length);
    for (int at = 0; at < file.length; at += piece) {
      reader.take(file, at, Math.min(piece, file.length - at), at);
    }

    assertThat(reader.found()).isEqualTo(Arrays.copyOfRange(file, PLACE, file.length));
  }
}
