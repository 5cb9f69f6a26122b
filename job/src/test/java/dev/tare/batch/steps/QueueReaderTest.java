package dev.tare.batch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueReaderTest {
  @Test
  void severalReadersAreHandedEachItemOnceAndTheStoreIsAskedOnce() throws InterruptedException {
    List<Integer> all = IntStream.range(0, 10_000).boxed().toList();
    AtomicInteger asked = new AtomicInteger();
    QueueReader<Integer> reader =
        new QueueReader<>(() -> {
          asked.incrementAndGet();
          return all;
        });
    List<Integer> handed = Collections.synchronizedList(new ArrayList<>());
    List<Thread> readers = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      readers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (Integer item = reader.read(); item != null; item = reader.read()) {
                  handed.add(item);
                }
              }));
    }
    for (Thread one : readers) {
      one.join();
    }
    assertThat(handed).containsExactlyInAnyOrderElementsOf(all);
    assertThat(asked).hasValue(1);
  }

  @Test
  void whoComesLaterFindsWhatIsLeft() {
    QueueReader<String> reader = new QueueReader<>(() -> List.of("a", "b"));
    assertThat(reader.read()).isEqualTo("a");
    assertThat(reader.read()).isEqualTo("b");
    assertThat(reader.read()).isNull();
  }

  @Test
  void severalAreSharedOutEvenlyAndThereAreNeverMoreThanTheMost() {
    QueueReader<Integer> reader = new QueueReader<>(() -> IntStream.range(0, 12).boxed().toList());
    assertThat(reader.readSeveral(2, 4)).containsExactly(0, 1, 2, 3);
    assertThat(reader.readSeveral(2, 4)).containsExactly(4, 5, 6, 7);
    assertThat(reader.readSeveral(2, 4)).containsExactly(8, 9);
    assertThat(reader.readSeveral(2, 4)).containsExactly(10);
    assertThat(reader.readSeveral(2, 4)).containsExactly(11);
    assertThat(reader.readSeveral(2, 4)).isNull();
  }
}
