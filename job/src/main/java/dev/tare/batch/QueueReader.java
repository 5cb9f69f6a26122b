package dev.tare.batch;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Hands out what the store says is still to be done, to one part of a step or to several. It keeps
 * no position: what a committed chunk has done is no longer to be done, so a restart, which makes
 * another reader, simply asks again. Safe for concurrent use.
 */
final class QueueReader<T> implements ItemStreamReader<T> {
  private final Supplier<? extends Collection<T>> toDo;
  private @Nullable Deque<T> queue;

  QueueReader(Supplier<? extends Collection<T>> toDo) {
    this.toDo = toDo;
  }

  @Override
  public synchronized void open(ExecutionContext context) {
    if (queue == null) {
      queue = new ArrayDeque<>(toDo.get());
    }
  }

  @Override
  public synchronized @Nullable T read() {
    return queue == null ? null : queue.poll();
  }
}
