package dev.tare.app;

import dev.tare.batch.BatchInfrastructure;
import dev.tare.batch.Instruments;
import dev.tare.batch.OciBundles;
import dev.tare.batch.Session;
import dev.tare.batch.Sources;
import dev.tare.cli.SessionFactory;
import dev.tare.cli.SessionOptions;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
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
import dev.tare.registry.RegistryOptions;
import dev.tare.registry.RegistrySources;
import dev.tare.store.StoreSchema;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Opens sessions on a Spring context of their own. */
final class SpringSessions implements SessionFactory {
  private static final Duration BASE_CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BASE_READ_TIMEOUT = Duration.ofSeconds(20);

  private final String version;

  SpringSessions(String version) {
    this.version = version;
  }

  @Override
  public Session open(SessionOptions options) {
    ConfigurableApplicationContext context = start(options);
    new StoreSchema(context.getBean(DataSource.class)).prepare();
    BatchInfrastructure batch =
        new BatchInfrastructure(
            context.getBean(JobOperator.class),
            context.getBean(JobRepository.class),
            context.getBean(PlatformTransactionManager.class),
            context.getBean(JdbcClient.class),
            context::close);
    Sources sources = new Sources(registry -> RegistrySources.open(registry, options.registries()));
    // A base that cannot be looked up is a gap: nobody waits long for it.
    RegistryOptions hurried =
        options
            .registries()
            .withTimeouts(BASE_CONNECT_TIMEOUT, BASE_READ_TIMEOUT)
            .withRetries(1, Duration.ofMillis(500));
    Sources baseSources = new Sources(registry -> RegistrySources.open(registry, hurried));
    return new Session(
        batch, sources, baseSources, KubernetesInventory.standard(), instruments(options));
  }

  private Instruments instruments(SessionOptions options) {
    LayerLimits limits = LayerLimits.of(System::getProperty, options.parallelism());
    ContentMemory memory = ContentMemory.ofHeap();
    return new Instruments(
        new LayerScanner(new KeptContent(), limits, memory),
        new PartialScanner(new KeptContent(), limits, memory),
        options.wholeLayers(),
        new ImageInspector(
            ToolCatalog.shipped(), LeftoverCatalog.shipped(), InspectionLimits.DEFAULT),
        Clock.systemUTC(),
        version,
        options.parallelism(),
        new OciBundles(options.registries()));
  }

  private static ConfigurableApplicationContext start(SessionOptions options) {
    // Each part holds a connection while it commits, each look-up of a tag one while it reads.
    int connections = options.parallelism() * 6 + 2;
    try {
      return new SpringApplicationBuilder(JobConfiguration.class)
          .web(WebApplicationType.NONE)
          .bannerMode(Banner.Mode.OFF)
          .logStartupInfo(false)
          .registerShutdownHook(false)
          .properties(
              Map.of(
                  "spring.datasource.url",
                  StateLocation.jdbcUrl(options.state()),
                  "spring.datasource.hikari.maximum-pool-size",
                  connections,
                  "spring.datasource.hikari.minimum-idle",
                  1,
                  "spring.datasource.hikari.initialization-fail-timeout",
                  1,
                  "spring.batch.job.enabled",
                  false,
                  "spring.batch.jdbc.initialize-schema",
                  "always"))
          .run();
    } catch (BeanCreationException e) {
      throw unusable(options.state(), e);
    }
  }

  private static TareException unusable(String state, BeanCreationException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        boolean locked = String.valueOf(sql.getMessage()).contains("already in use");
        return new TareException(
            FailureKind.ENVIRONMENT,
            "open state "
                + shown(state)
                + ": "
                + (locked ? "another tare is using it" : sql.getMessage()),
            locked
                ? "Wait for the other to end, or give this one another place with --state."
                : "Check --state: a directory, or a JDBC URL whose database can be reached.",
            failure);
      }
    }
    throw failure;
  }

  /** Without the parameters of a URL, which may hold a password. */
  private static String shown(String state) {
    int parameters = state.indexOf('?');
    return parameters < 0 ? state : state.substring(0, parameters);
  }
}
