package dev.tare.batch.steps;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Hands out what the store says is still to be done, to however many readers ask. It keeps no
 * position: what a committed chunk has done is no longer to be done, so a restart, which makes
 * another queue, simply asks again. Safe for concurrent use.
 */
final class QueueReader<T> implements ItemReader<T> {
  private final Supplier<? extends Collection<T>> toDo;
  private @Nullable Deque<T> queue;

  /**
   * A queue that is filled at its first reading.
   *
   * @param toDo asks the store
   */
  QueueReader(Supplier<? extends Collection<T>> toDo) {
    this.toDo = toDo;
  }

  @Override
  public synchronized @Nullable T read() {
    if (queue == null) {
      queue = new ArrayDeque<>(toDo.get());
    }
    return queue.poll();
  }
}
