package dev.tare.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tare.batch.list.AttachmentTags;
import dev.tare.batch.list.ManifestFetcher;
import dev.tare.batch.list.RepositoryItem;
import dev.tare.batch.list.RepositoryLister;
import dev.tare.batch.list.RepositoryReader;
import dev.tare.error.TareException;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.finding.TagLine;
import dev.tare.finding.Verdict;
import dev.tare.finding.Waiver;
import dev.tare.oci.ImageGlob;
import dev.tare.oci.Platform;
import dev.tare.registry.ImageFilter;
import dev.tare.registry.Target;
import dev.tare.store.DocumentStore;
import dev.tare.store.EnumerationStore;
import dev.tare.store.ListedImage;
import dev.tare.store.RepositoryListing;
import dev.tare.store.RunRecord;
import dev.tare.store.RunStore;
import dev.tare.store.SightingStore;
import dev.tare.store.StoreSchema;
import dev.tare.store.StoredTickets;
import dev.tare.testing.FickleRegistry;
import dev.tare.ticket.KnownTicket;
import dev.tare.ticket.KnownTickets;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketImage;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketOptions;
import dev.tare.ticket.TicketReconciler;
import dev.tare.ticket.TicketState;
import dev.tare.ticket.TicketTracker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whatever a registry lists, refuses, hides and forgets, and whatever judges, run after run: no
 * more tickets close than the guard allows, and none because something is merely not listed. What
 * must hold is worked out here from what the registry answered, not from what Tare keeps.
 */
class ClosingGuardIT {
  private static final List<String> RULES = List.of("A", "B");

  /** By what a run judges. */
  private record Settings(Set<String> rules, Set<String> lowered) {
    boolean fails(Set<String> broken) {
      return broken.stream().anyMatch(rule -> rules.contains(rule) && !lowered.contains(rule));
    }
  }

  private record Closing(Instant at) {}

  private final Map<TicketKey, KnownTicket> tickets = new TreeMap<>();
  private final Map<TicketKey, Settings> failedUnder = new HashMap<>();
  private final List<Closing> limited = new ArrayList<>();
  private final Map<String, Instant> firstAbsence = new HashMap<>();
  private final Set<String> evidence = new HashSet<>();
  private int closings;

  @ParameterizedTest
  @CsvSource({"1, 70, 12", "2, 12, 40", "3, 12, 40", "4, 8, 40"})
  void neverMoreThanTheGuardAllowsAndNothingThatIsMerelyNotListed(
      long seed, int repositories, int runs) {
    Random random = new Random(seed);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:h2:mem:guard"
            + seed
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
    FickleRegistry registry = new FickleRegistry(random, repositories);
    Settings settings = new Settings(Set.copyOf(RULES), Set.of());
    Instant now = Instant.parse("2026-11-01T02:00:00Z");
    try (HikariDataSource database = new HikariDataSource(config);
        ExecutorService executor = Executors.newFixedThreadPool(2)) {
      new StoreSchema(database).prepare();
      for (int number = 0; number < runs; number++) {
        now = now.plus(Duration.ofMinutes(30L + random.nextInt(40 * 60)));
        registry.change();
        if (random.nextInt(4) == 0) {
          settings = settings(random);
        }
        run("run-" + number, now, random, database, registry, settings, executor);
      }
    }
    assertThat(closings).as("closed in all").isPositive();
    assertThat(limited).as("closed under the limit").isNotEmpty();
  }

  private static Settings settings(Random random) {
    return new Settings(
        RULES.stream().filter(rule -> random.nextInt(3) > 0).collect(Collectors.toSet()),
        RULES.stream().filter(rule -> random.nextInt(4) == 0).collect(Collectors.toSet()));
  }

  private void run(
      String id,
      Instant now,
      Random random,
      DataSource database,
      FickleRegistry registry,
      Settings settings,
      ExecutorService executor) {
    JdbcClient jdbc = JdbcClient.create(database);
    List<Target> targets =
        List.of(
            Target.parse(
                switch (random.nextInt(8)) {
                  case 0 -> FickleRegistry.HOST + "/" + registry.anyRepository();
                  case 1 -> FickleRegistry.HOST + "/" + registry.anyRepository() + ":1";
                  case 2 -> FickleRegistry.HOST + "/team/*";
                  default -> FickleRegistry.HOST;
                }));
    ImageFilter filter =
        switch (random.nextInt(8)) {
          case 0 -> new ImageFilter(List.of(ImageGlob.parse("*/r1*")), List.of(), 0, List.of());
          case 1 -> new ImageFilter(List.of(), List.of(), 1, List.of());
          case 2 ->
              new ImageFilter(List.of(), List.of(), 0, List.of(Platform.parse("linux/arm64")));
          default -> ImageFilter.ALL;
        };
    new RunStore(jdbc)
        .start(
            new RunRecord(
                id,
                id,
                RunKind.SCAN,
                false,
                null,
                "1",
                targets.stream().map(Target::toString).toList(),
                now,
                null,
                null));
    SightingStore sightings = new SightingStore(jdbc);
    EnumerationStore store = new EnumerationStore(jdbc);
    Sources sources = new Sources(any -> registry);
    RepositoryReader reader =
        new RepositoryReader(() -> targets, filter, sources, store, sightings, id);
    RepositoryLister lister =
        new RepositoryLister(
            new ManifestFetcher(new DocumentStore(jdbc)),
            new AttachmentTags(),
            filter,
            executor,
            false,
            () -> now);
    List<ListedImage> listed = new ArrayList<>();
    List<NotInspected> problems = new ArrayList<>();
    registry.beginRun();
    try {
      for (RepositoryItem item = reader.read(); item != null; item = reader.read()) {
        RepositoryListing listing = lister.list(item);
        store.add(id, listing);
        listed.addAll(listing.images());
        problems.addAll(listing.notInspected());
      }
    } catch (TareException e) {
      return; // The run ends with an error and touches no ticket.
    }
    sightings.settle(id);
    boolean waived = random.nextInt(6) == 0;
    Results results =
        new Results(id, now, targets, problems, images(listed, registry, settings, waived, random));
    takeDownEvidence(registry, now);
    Map<TicketKey, KnownTicket> before = Map.copyOf(tickets);

    new TicketReconciler(
            tracker(),
            TicketOptions.DEFAULT,
            sightings.of(id),
            settings.toString(),
            new StoredTickets(jdbc, new JdbcTransactionManager(database), "tracker"),
            List::of,
            () -> now)
        .reconcile(results);

    check(before, results, registry, now);
    for (JudgedImage image : results.images()) {
      if (image.verdict() == Verdict.FAILING) {
        failedUnder.put(key(image), settings);
      }
    }
  }

  private static List<JudgedImage> images(
      List<ListedImage> listed,
      FickleRegistry registry,
      Settings settings,
      boolean waived,
      Random random) {
    List<JudgedImage> images = new ArrayList<>();
    for (ListedImage image : listed) {
      Set<String> broken = registry.broken(image.digest());
      List<Outcome> outcomes = new ArrayList<>();
      for (String rule : RULES.stream().filter(settings.rules()::contains).toList()) {
        boolean fails = broken.contains(rule);
        OutcomeKind kind =
            random.nextInt(30) == 0
                ? OutcomeKind.UNKNOWN
                : !fails
                    ? OutcomeKind.PASS
                    : waived && random.nextBoolean() ? OutcomeKind.WAIVED : OutcomeKind.FAIL;
        outcomes.add(
            new Outcome(
                rule,
                kind,
                settings.lowered().contains(rule) ? Severity.NOTE : Severity.HIGH,
                "",
                JsonNodeFactory.instance.objectNode(),
                rule,
                kind == OutcomeKind.WAIVED
                    ? new Waiver("so", "me", LocalDate.of(2030, 1, 1), null)
                    : null));
      }
      images.add(
          new JudgedImage(
              image.registry(),
              image.repository(),
              image.tags(),
              image.repository() + image.tags(),
              image.digest().toString(),
              image.platform().toString(),
              Verdict.of(outcomes),
              JsonNodeFactory.instance.objectNode(),
              outcomes));
    }
    return images;
  }

  /** What the registry itself said, by name, of what is not there. */
  private void takeDownEvidence(FickleRegistry registry, Instant now) {
    registry
        .readTags()
        .forEach(name -> {
          evidence.remove(name);
          String repository = name.substring(0, name.indexOf(':'));
          evidence.remove(repository);
          firstAbsence.remove(repository);
        });
    registry
        .emptyLists()
        .forEach(repository -> {
          if (registry.catalogued().contains(repository)) {
            evidence.remove(repository);
            firstAbsence.remove(repository);
          }
        });
    for (String name : registry.missingTags()) {
      String repository = name.substring(0, name.indexOf(':'));
      boolean others =
          registry.readTags().stream().anyMatch(read -> read.startsWith(repository + ":"));
      if (others || registry.listed().contains(repository)) {
        evidence.add(name);
      }
    }
    if (!registry.readTags().isEmpty()) {
      for (String repository : registry.missingRepositories()) {
        Instant first = firstAbsence.putIfAbsent(repository, now);
        if (first != null && !first.plus(Duration.ofHours(20)).isAfter(now)) {
          evidence.add(repository);
        }
      }
    }
  }

  private void check(
      Map<TicketKey, KnownTicket> before, Results results, FickleRegistry registry, Instant now) {
    long open =
        before.values().stream()
            .filter(ticket -> ticket.data().state() == TicketState.OPEN)
            .count();
    long earlier =
        limited.stream()
            .filter(closing -> closing.at().isAfter(now.minus(Duration.ofDays(7))))
            .count();
    int now5 = 0;
    for (KnownTicket was : before.values()) {
      TicketKey key = was.data().key();
      KnownTicket is = tickets.get(key);
      if (was.data().state() != TicketState.OPEN
          || is == null
          || is.data().state() == TicketState.OPEN) {
        continue;
      }
      closings++;
      List<JudgedImage> line =
          results.images().stream().filter(image -> key(image).equals(key)).toList();
      assertThat(line)
          .as("%s closed: nothing of its line fails or is unknown for what failed", key)
          .noneMatch(image -> image.verdict() == Verdict.FAILING);
      for (TicketImage image : was.data().images()) {
        boolean judged =
            results.images().stream()
                .anyMatch(one ->
                    one.repository().equals(key.repository()) && one.tags().contains(image.name()));
        boolean read = registry.readTags().contains(key.repository() + ":" + image.name());
        assertThat(
                judged
                    || read
                    || evidence.contains(key.repository() + ":" + image.name())
                    || evidence.contains(key.repository()))
            .as("%s closed: %s was judged, or the registry said it is not there", key, image)
            .isTrue();
      }
      Settings last = failedUnder.get(key);
      boolean complies =
          !line.isEmpty()
              && last != null
              && line.stream().noneMatch(image -> last.fails(registry.broken(image.digest())));
      if (!complies) {
        limited.add(new Closing(now));
        now5++;
      }
    }
    assertThat(now5)
        .as("closed in a run with %d open tickets, %d closed in seven days", open, earlier)
        .isLessThanOrEqualTo((int) Math.max(0, Math.max(5, open / 10) - earlier));
  }

  private static TicketKey key(JudgedImage image) {
    return new TicketKey(image.registry(), image.repository(), TagLine.of(image.tags()));
  }

  private TicketTracker tracker() {
    return new TicketTracker() {
      @Override
      public String name() {
        return "memory";
      }

      @Override
      public String place() {
        return "memory";
      }

      @Override
      public KnownTickets known() {
        return new KnownTickets(List.copyOf(tickets.values()), List.of());
      }

      @Override
      public String write(Ticket ticket, @Nullable String location) {
        String place = ticket.data().key().toString();
        tickets.put(ticket.data().key(), new KnownTicket(ticket.data(), place));
        return place;
      }
    };
  }

  private record Results(
      String id,
      Instant end,
      List<Target> targets,
      List<NotInspected> notInspected,
      List<JudgedImage> images)
      implements RunResults {
    @Override
    public RunInfo run() {
      return new RunInfo(
          id,
          RunKind.SCAN,
          null,
          "1",
          end,
          end,
          targets.stream().map(Target::toString).toList(),
          List.of());
    }

    @Override
    public RunSummary summary() {
      return new RunSummary(0, images.size(), 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), null, null);
    }

    @Override
    public void forEachImage(Consumer<JudgedImage> consumer) {
      images.forEach(consumer);
    }

    @Override
    public List<RuleDoc> rules() {
      return List.of();
    }
  }
}
