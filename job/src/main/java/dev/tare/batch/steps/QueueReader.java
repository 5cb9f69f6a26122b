package dev.tare.batch.steps;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
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
    return queue().poll();
  }

  /**
   * Several at once, so that what is left is shared out evenly: fewer and fewer, down to one.
   *
   * @param readers how many ask
   * @param most that one of them is handed
   * @return null where nothing is left
   */
  synchronized @Nullable List<T> readSeveral(int readers, int most) {
    Deque<T> left = queue();
    if (left.isEmpty()) {
      return null;
    }
    int share = Math.min(most, (left.size() + readers - 1) / readers);
    List<T> several = new ArrayList<>(share);
    for (int i = 0; i < share; i++) {
      several.add(left.remove());
    }
    return several;
  }

  private Deque<T> queue() {
    Deque<T> filled = queue;
    if (filled == null) {
      filled = new ArrayDeque<>(toDo.get());
      queue = filled;
    }
    return filled;
  }
}
