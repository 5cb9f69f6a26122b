package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.TareException;
import dev.tare.oci.ImageGlob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageGlobTest {
  @ParameterizedTest
  @CsvSource({
    "team/*, team/app, 1, true",
    "team/*, team/web/app, 1, false",
    "team/**, team/web/app, 1, true",
    "team/**, team, 1, false",
    "**/app, app, 1, true",
    "**/app, team/web/app, 1, true",
    "**/app, team/webapp, 1, false",
    "*, app, 1, true",
    "*, team/app, 1, false",
    "**, team/app, 1, true",
    "team/a*p, team/app, 1, true",
    "team/**/app, team/app, 1, true",
    "team/**/app, team/a/b/app, 1, true",
    "team/app-?, team/app-1, 1, true",
    "team/app?x, team/app/x, 1, false",
    "team/app:v?, team/app, v1, true",
    "team/app:v?, team/app, v10, false",
    "team/app:1.*, team/app, 1.2, true",
    "team/app:1.*, team/app, 12, false",
    "**:latest, team/app, latest, true",
    "**:latest, team/app, 1, false",
    "team.a/*, teamXa/app, 1, false"
  })
  void matches(String glob, String repository, String tag, boolean expected) {
    assertThat(ImageGlob.parse(glob).matches(repository, tag)).isEqualTo(expected);
  }

  @Test
  void imageWithoutTagIsMeantByPatternsWithoutOneOnly() {
    assertThat(ImageGlob.parse("team/*").matches("team/app", null)).isTrue();
    assertThat(ImageGlob.parse("team/*:*").matches("team/app", null)).isFalse();
  }

  @Test
  void whatNoRepositoryCanHoldIsRejected() {
    for (String text : List.of("", "Team/*", "a b", "a:b:c", "(a+)+", "a".repeat(600))) {
      assertThatThrownBy(() -> ImageGlob.parse(text)).isInstanceOf(TareException.class);
    }
  }

  @Test
  void filterExcludesAndIncludes() {
    ImageFilter filter =
        new ImageFilter(
            List.of(ImageGlob.parse("team/**")),
            List.of(ImageGlob.parse("team/old/**"), ImageGlob.parse("**:*-debug")),
            0,
            List.of());
    assertThat(filter.acceptsRepository("team/app")).isTrue();
    assertThat(filter.acceptsRepository("team/old/app")).isFalse();
    assertThat(filter.acceptsRepository("other/app")).isFalse();
    assertThat(filter.accepts("team/app", "1")).isTrue();
    assertThat(filter.accepts("team/app", "1-debug")).isFalse();
  }
}
