package dev.tare.registry.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TagOrderTest {
  private static final List<String> NEWEST_FIRST =
      List.of(
          "latest",
          "20240131",
          "v10.0.0",
          "2.0",
          "2.0-rc.2",
          "2.0-rc.1",
          "2.0-beta10",
          "2.0-beta9",
          "1.10.0",
          "1.9",
          "1.2.1",
          "v1.2",
          "1.2",
          "1.2-slim",
          "1.2-alpine3.20",
          "1.2-alpine3.9",
          "0.9",
          "main",
          "edge",
          "build-10",
          "build-9",
          "1".repeat(40),
          "9f8e7d6",
          "4f1c2b3a4f1c2b3a4f1c2b3a4f1c2b3a4f1c2b3a",
          "1e10abc");

  @Test
  void newestComesFirst() {
    for (int seed = 0; seed < 50; seed++) {
      List<String> tags = new ArrayList<>(NEWEST_FIRST);
      Collections.shuffle(tags, new Random(seed));
      tags.sort(TagOrder.NEWEST_FIRST);
      assertThat(tags).isEqualTo(NEWEST_FIRST);
    }
  }

  @Test
  void orderIsTotal() {
    List<String> tags = new ArrayList<>(NEWEST_FIRST);
    tags.addAll(List.of("1.2.0", "01.2", "V1.2", "1", "1.", "1.0-", "1-1", "a1b2", "a1", "a", "_"));
    tags.addAll(List.of("9".repeat(128), "sha-0a1b2c3", "1.0a1", "1.0-dev", "1.0-devel", "1.0-m1"));
    for (String a : tags) {
      for (String b : tags) {
        int order = Integer.signum(TagOrder.NEWEST_FIRST.compare(a, b));
        assertThat(order).isEqualTo(-Integer.signum(TagOrder.NEWEST_FIRST.compare(b, a)));
        assertThat(order == 0).isEqualTo(a.equals(b));
        for (String c : tags) {
          if (order < 0 && TagOrder.NEWEST_FIRST.compare(b, c) < 0) {
            assertThat(TagOrder.NEWEST_FIRST.compare(a, c)).isNegative();
          }
        }
      }
    }
  }
}
