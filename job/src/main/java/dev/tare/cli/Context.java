package dev.tare.cli;

import dev.tare.batch.Progress;
import dev.tare.batch.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** What commands work with besides their options. */
final class Context {
  /** How long a command may take to say how it ended, once its job has stopped. */
  private static final long LAST_WORDS_SECONDS = 5;

  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Terminal terminal;
  private final SessionFactory sessions;
  private final Supplier<Configuration> configuration;
  private final GlobalOptions options;

  Context(
      Terminal terminal,
      SessionFactory sessions,
      Supplier<Configuration> configuration,
      GlobalOptions options) {
    this.terminal = terminal;
    this.sessions = sessions;
    this.configuration = configuration;
    this.options = options;
  }

  Terminal terminal() {
    return terminal;
  }

  Configuration configuration() {
    return configuration.get();
  }

  GlobalOptions options() {
    return options;
  }

  Palette palette() {
    return terminal.palette(options.colour);
  }

  /**
   * Runs work in a session. A signal stops the job at its next chunk, so that it can be resumed.
   */
  <T> T inSession(SessionChoice choice, Function<Session, T> work) {
    Session session = sessions.open(choice.resolve(terminal.environment()));
    try {
      Thread hook =
          new Thread(
              () -> {
                session.stop();
                int status =
                    ended
                        .completeOnTimeout(
                            ExitStatus.INTERRUPTED.code(), LAST_WORDS_SECONDS, TimeUnit.SECONDS)
                        .join();
                Runtime.getRuntime().halt(status);
              },
              "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        return work.apply(session);
      } finally {
        removeHook(hook);
      }
    } finally {
      session.close();
    }
  }

  /** The command has said its last word, and this is the status to end with. */
  void ended(int status) {
    ended.complete(status);
  }

  /** Shows how far the work is, unless nobody wants to see it. */
  <T> T withProgress(boolean hidden, Function<Progress, T> work) {
    Progress progress = new Progress();
    if (hidden || options.quiet) {
      return work.apply(progress);
    }
    ProgressLine line = new ProgressLine(progress, terminal);
    try {
      return work.apply(progress);
    } finally {
      line.stop();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running: it ends the process itself.
    }
  }
}
