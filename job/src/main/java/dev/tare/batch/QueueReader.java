package dev.tare.batch;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Hands out what the store says is still to be done. It keeps no position: what a committed chunk
 * has done is no longer to be done, so a restart simply asks again.
 */
final class QueueReader<T> implements ItemStreamReader<T> {
  private final Supplier<? extends Collection<T>> toDo;
  private final Deque<T> queue = new ArrayDeque<>();

  QueueReader(Supplier<? extends Collection<T>> toDo) {
    this.toDo = toDo;
  }

  @Override
  public void open(ExecutionContext context) {
    queue.clear();
    queue.addAll(toDo.get());
  }

  @Override
  public @Nullable T read() {
    return queue.poll();
  }
}
