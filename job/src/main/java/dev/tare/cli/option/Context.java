package dev.tare.cli.option;

import dev.tare.batch.Jobs;
import dev.tare.batch.Progress;
import dev.tare.cli.JobsFactory;
import dev.tare.cli.JobsSettings;
import dev.tare.cli.Palette;
import dev.tare.cli.Terminal;
import dev.tare.cli.terminal.ProgressLine;
import dev.tare.stop.StopSignal;
import dev.tare.store.StateFailure;
import java.util.function.Function;
import java.util.function.Supplier;

/** What commands work with besides their options. */
public final class Context {
  private final Terminal terminal;
  private final JobsFactory factory;
  private final StopSignal stop;
  private final Supplier<Configuration> configuration;
  private final GlobalOptions options;

  public Context(
      Terminal terminal,
      JobsFactory factory,
      StopSignal stop,
      Supplier<Configuration> configuration,
      GlobalOptions options) {
    this.terminal = terminal;
    this.factory = factory;
    this.stop = stop;
    this.configuration = configuration;
    this.options = options;
  }

  public Terminal terminal() {
    return terminal;
  }

  public Configuration configuration() {
    return configuration.get();
  }

  public GlobalOptions options() {
    return options;
  }

  public Palette palette() {
    return terminal.palette(options.colour);
  }

  /** Raised where the process is to end. */
  public StopSignal stop() {
    return stop;
  }

  /** Does work on a state that is opened for it. */
  public <T> T withJobs(JobsChoice choice, Function<Jobs, T> work) {
    stop.check();
    JobsSettings wanted = choice.resolve(terminal.environment());
    try (Jobs jobs = factory.open(wanted)) {
      stop.check();
      return work.apply(jobs);
    } catch (RuntimeException e) {
      throw StateFailure.explained(wanted.state(), e);
    }
  }

  /** Shows how far the work is, unless nobody wants to see it. */
  public <T> T withProgress(boolean hidden, Function<Progress, T> work) {
    if (options.quiet) {
      return work.apply(new Progress());
    }
    Progress progress = new Progress(layers -> ProgressLine.readAgain(layers, terminal));
    if (hidden) {
      return work.apply(progress);
    }
    ProgressLine line = new ProgressLine(progress, terminal);
    try {
      return work.apply(progress);
    } finally {
      line.stop();
    }
  }
}
