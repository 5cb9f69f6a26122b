package dev.tare.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.tare.batch.BatchInfrastructure;
import dev.tare.batch.Jobs;
import dev.tare.batch.RemoteBundles;
import dev.tare.batch.RunSettings;
import dev.tare.batch.Sources;
import dev.tare.cli.JobsFactory;
import dev.tare.cli.JobsSettings;
import dev.tare.inspect.ImageInspector;
import dev.tare.inspect.InspectionLimits;
import dev.tare.inspect.KeptContent;
import dev.tare.inspect.LeftoverCatalog;
import dev.tare.inspect.ToolCatalog;
import dev.tare.kubernetes.KubernetesInventory;
import dev.tare.layer.ContentMemory;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.layer.PartialScanner;
import dev.tare.oci.Glob;
import dev.tare.registry.RegistryOptions;
import dev.tare.registry.RegistrySources;
import dev.tare.stop.StopSignal;
import dev.tare.store.StateFailure;
import dev.tare.store.StoreSchema;
import java.time.Clock;
import java.time.Duration;

/**
 * Opens jobs, each time on a database and a Spring Batch of its own. They are put together by hand:
 * docs/adr/011 says why.
 */
final class SpringJobs implements JobsFactory {
  /**
   * For a connection to the database. A run that has lost it asks several times, one after the
   * other, before it ends.
   */
  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(10);

  private static final Duration BASE_CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BASE_READ_TIMEOUT = Duration.ofSeconds(20);

  private final String version;
  private final Clock clock;
  private final StopSignal stop;

  SpringJobs(String version, Clock clock, StopSignal stop) {
    this.version = version;
    this.clock = clock;
    this.stop = stop;
  }

  @Override
  public Jobs open(JobsSettings options) {
    BatchInfrastructure batch = infrastructure(options);
    Sources sources =
        new Sources(registry -> RegistrySources.open(registry, options.registries(), stop));
    // A base that cannot be looked up is a gap: nobody waits long for it.
    RegistryOptions hurried =
        options
            .registries()
            .withHttp(
                options
                    .registries()
                    .http()
                    .withTimeouts(BASE_CONNECT_TIMEOUT, BASE_READ_TIMEOUT)
                    .withRetries(1, Duration.ofMillis(500)));
    Sources baseSources = new Sources(registry -> RegistrySources.open(registry, hurried, stop));
    return new Jobs(
        batch, sources, baseSources, KubernetesInventory.standard(), settings(options), stop);
  }

  private BatchInfrastructure infrastructure(JobsSettings options) {
    HikariDataSource database = database(options);
    try {
      new StoreSchema(database).prepare();
      options.state().sign();
      return BatchInfrastructure.over(database, stop, database::close);
    } catch (RuntimeException e) {
      database.close();
      throw StateFailure.of(options.state(), e).<RuntimeException>map(known -> known).orElse(e);
    }
  }

  private RunSettings settings(JobsSettings options) {
    LayerLimits limits = LayerLimits.of(System::getProperty, options.parallelism());
    ContentMemory memory = ContentMemory.ofHeap();
    KeptContent content = new KeptContent();
    return new RunSettings(
        content,
        new LayerScanner(content, limits, memory),
        new PartialScanner(content, limits, memory),
        options.wholeLayers(),
        new ImageInspector(
            ToolCatalog.shipped(),
            LeftoverCatalog.shipped(),
            InspectionLimits.DEFAULT,
            Glob.all(options.trustedSboms())),
        options.trustedSboms(),
        clock,
        version,
        ProgramFingerprint.current(),
        options.parallelism(),
        options.registries(),
        new RemoteBundles(options.registries(), stop));
  }

  private static HikariDataSource database(JobsSettings options) {
    options.state().prepare();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(options.state().url());
    options.state().settings().forEach(config::addDataSourceProperty);
    // Each reader holds a connection while it commits, each look-up of a tag one while it reads,
    // and
    // the lock of the run one.
    config.setMaximumPoolSize(options.parallelism() * 6 + 3);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(DATABASE_PATIENCE.toMillis());
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw StateFailure.opening(options.state(), e);
    }
  }
}
