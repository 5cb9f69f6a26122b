package dev.tare.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PageIteratorTest {
  @Test
  void pagesWithoutEndAreGivenUp() {
    requireLimit(List.of("team/app"));
  }

  @Test
  void namesWithoutEndAreGivenUp() {
    requireLimit(Collections.nCopies(10_000, "team/app"));
  }

  @Test
  void emptyPagesWithoutEndAreGivenUp() {
    requireLimit(List.of());
  }

  private static void requireLimit(List<String> names) {
    AtomicInteger page = new AtomicInteger();
    PageIterator endless =
        new PageIterator(
            "list tags of x", null, "n=0", query -> new Page(names, "n=" + page.incrementAndGet()));
    assertThatThrownBy(() -> endless.forEachRemaining(name -> {}))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT))
        .hasMessageStartingWith("list tags of x: more than ");
  }
}
