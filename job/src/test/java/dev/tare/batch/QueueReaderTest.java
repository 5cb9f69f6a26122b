package dev.tare.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class QueueReaderTest {
  @Test
  void severalPartsAreHandedEachItemOnceAndTheStoreIsAskedOnce() throws InterruptedException {
    List<Integer> all = IntStream.range(0, 10_000).boxed().toList();
    AtomicInteger asked = new AtomicInteger();
    QueueReader<Integer> reader =
        new QueueReader<>(() -> {
          asked.incrementAndGet();
          return all;
        });
    List<Integer> handed = Collections.synchronizedList(new ArrayList<>());
    List<Thread> parts = new ArrayList<>();
    for (int part = 0; part < 4; part++) {
      parts.add(
          Thread.ofPlatform()
              .start(() -> {
                reader.open(new ExecutionContext());
                for (Integer item = reader.read(); item != null; item = reader.read()) {
                  handed.add(item);
                }
              }));
    }
    for (Thread part : parts) {
      part.join();
    }
    assertThat(handed).containsExactlyInAnyOrderElementsOf(all);
    assertThat(asked).hasValue(1);
  }

  @Test
  void partThatComesLaterFindsWhatIsLeft() {
    QueueReader<String> reader = new QueueReader<>(() -> List.of("a", "b"));
    reader.open(new ExecutionContext());
    assertThat(reader.read()).isEqualTo("a");
    reader.open(new ExecutionContext());
    assertThat(reader.read()).isEqualTo("b");
    assertThat(reader.read()).isNull();
  }
}
