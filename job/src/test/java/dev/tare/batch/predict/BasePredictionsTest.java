package dev.tare.batch.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.BasePrediction;
import dev.tare.finding.SmallerBase;
import dev.tare.oci.Digest;
import dev.tare.stop.StoppedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;

class BasePredictionsTest {
  private static final Digest BASE = Digest.sha256("base".getBytes(StandardCharsets.UTF_8));
  private static final SmallerBase OTHER =
      new SmallerBase(
          "r:5000/base/slim:12",
          Digest.sha256("slim".getBytes(StandardCharsets.UTF_8)).toString(),
          "linux/amd64",
          "debian",
          true,
          Set.of(),
          40,
          60,
          null,
          null,
          null,
          null);

  private static BasePrediction predicted(Supplier<BasePrediction> predicting) {
    return BasePredictions.orFailed("r:5000/team/web:1", BASE, OTHER, predicting);
  }

  private static Supplier<BasePrediction> failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  static Stream<RuntimeException> noWordAboutAnImage() {
    return Stream.of(
        new StoppedException("stopped"), new DataAccessResourceFailureException("it is gone"));
  }

  /** Stored as a prediction that failed, it would be one until something of the image changes. */
  @ParameterizedTest
  @MethodSource("noWordAboutAnImage")
  void stopAndLostDatabaseEndTheRun(RuntimeException failure) {
    assertThatThrownBy(() -> predicted(failing(failure))).isSameAs(failure);
  }

  @Test
  void whatCannotBeFoundOutIsSaid() {
    TareException unread = new TareException(FailureKind.NOT_FOUND, "layer 1 was not read", "");
    for (RuntimeException failure :
        List.of(unread, new IllegalStateException("layer 1 was not read"))) {
      assertThat(predicted(failing(failure)))
          .isEqualTo(
              BasePrediction.nothing(
                  BASE.toString(),
                  OTHER.digest(),
                  BasePrediction.Kind.FAILED,
                  List.of("layer 1 was not read")));
    }
    assertThat(predicted(failing(new IllegalStateException())).against())
        .containsExactly("IllegalStateException");
  }
}
