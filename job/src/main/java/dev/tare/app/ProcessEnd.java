package dev.tare.app;

import dev.tare.cli.ExitStatus;
import dev.tare.stop.StopSignal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How this process ends: with the status of its command, or, where a signal (SIGINT, SIGTERM,
 * SIGHUP) comes first, soon afterwards with 130, whatever the command is in the middle of. What is
 * cut off then is as safe as if the process had been killed: a transaction that is open is rolled
 * back, a report that is not complete is not published.
 */
final class ProcessEnd {
  /** How long a command that is to stop may take to say so and to tidy up. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration LAST_WORDS = Duration.ofMillis(200);

  private final StopSignal stop;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Thread hook = new Thread(this::stopped, "stop");

  private ProcessEnd(StopSignal stop) {
    this.stop = stop;
  }

  /** From now on signals raise {@code stop}; so do they end the programs that this one started. */
  static ProcessEnd bySignal(StopSignal stop) {
    stop.onRaise(
        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly));
    ProcessEnd end = new ProcessEnd(stop);
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  /**
   * The command has ended with this status; a signal that comes from now on is the JVM's matter.
   */
  void commandEnded(int status) {
    ended.complete(status);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal was faster: its hook runs and ends the process, with this status.
    }
  }

  private void stopped() {
    // Not here: whatever is slow to be cut off must not keep the process from ending.
    daemon("cut off", stop::raise);
    int status = ExitStatus.INTERRUPTED.code();
    try {
      status = ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      sayInterrupted();
    } catch (InterruptedException | ExecutionException e) {
      // Nobody interrupts a hook, and no command ends this in another way than with a status.
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }

  /** Says it, unless nobody reads: then whoever writes waits, and holds what others write with. */
  private static void sayInterrupted() {
    Thread words = daemon("last words", () -> System.err.println("interrupted"));
    try {
      words.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).start(work);
  }
}
