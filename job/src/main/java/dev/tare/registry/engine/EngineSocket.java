package dev.tare.registry.engine;

import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection of one question and its answer. The stop signal ends it at any point; an engine that
 * sends nothing for too long is given up. For one thread.
 */
final class EngineSocket extends InputStream {
  private static final int BUFFER_BYTES = 64 << 10;

  private final SocketChannel channel;
  private final Selector selector;
  private final StopSignal stop;
  private final StopSignal.Registration registration;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private Duration patience;

  private EngineSocket(
      SocketChannel channel, Selector selector, Duration patience, StopSignal stop) {
    this.channel = channel;
    this.selector = selector;
    this.patience = patience;
    this.stop = stop;
    this.registration = stop.onRaise(selector::wakeup);
  }

  /**
   * Connects and sends these bytes, fewer than a socket takes at once.
   *
   * @param patience how long the engine may send nothing
   */
  static EngineSocket open(
      EngineAddress address, ByteBuffer question, Duration patience, StopSignal stop)
      throws IOException {
    SocketChannel channel = address.channel();
    try {
      StopSignal.Registration connecting = stop.onRaise(() -> closeQuietly(channel));
      try {
        channel.connect(address.socket());
        while (question.hasRemaining()) {
          channel.write(question);
        }
      } catch (ClosedChannelException e) {
        stop.check();
        throw e;
      } finally {
        connecting.close();
      }
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new EngineSocket(channel, selector, patience, stop);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** From now on the engine may send nothing for so long. */
  void waitFor(Duration longest) {
    patience = longest;
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no use any more, whatever becomes of it.
    }
  }

  @Override
  public int read() throws IOException {
    return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!buffer.hasRemaining() && !fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    if (count <= 0 || (!buffer.hasRemaining() && !fill())) {
      return 0;
    }
    int skipped = (int) Math.min(count, buffer.remaining());
    buffer.position(buffer.position() + skipped);
    return skipped;
  }

  private boolean fill() throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        stop.check();
        int count;
        try {
          count = channel.read(buffer.clear());
        } finally {
          buffer.flip(); // Also of a reading that fails nothing is left.
        }
        if (count != 0) {
          return count > 0;
        }
        long leftMillis = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (leftMillis <= 0) {
          throw new SocketTimeoutException("nothing came for " + patience.toSeconds() + " s");
        }
        selector.select(leftMillis);
        selector.selectedKeys().clear();
      }
    } catch (ClosedChannelException | ClosedSelectorException e) {
      throw new IOException("the connection is closed", e);
    }
  }

  @Override
  public void close() throws IOException {
    registration.close();
    try {
      selector.close();
    } finally {
      channel.close();
    }
  }
}
