package dev.tare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.Gap;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.facts.Vulnerabilities.Source;
import dev.tare.finding.BasePrediction;
import dev.tare.finding.ImageSummary;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.NotInspected.Stage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunSummary;
import dev.tare.finding.RunTerms;
import dev.tare.finding.Severity;
import dev.tare.finding.TagLine;
import dev.tare.finding.Verdict;
import dev.tare.finding.Waiver;
import dev.tare.finding.WaiverUse;
import dev.tare.layer.ContentInterest;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerFactsCodec;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerReaders;
import dev.tare.layer.LayerScanner;
import dev.tare.lineage.Contents;
import dev.tare.lineage.ImageCatalog;
import dev.tare.lineage.KnownImage;
import dev.tare.oci.ChainId;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Platform;
import dev.tare.testing.LayerTar;
import dev.tare.ticket.ClosingLedger;
import dev.tare.ticket.Sightings.Sighting;
import dev.tare.ticket.TicketJournal;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketOutbox;
import dev.tare.vulnerability.FeedInfo;
import dev.tare.vulnerability.FeedStore;
import dev.tare.vulnerability.Inventory;
import dev.tare.vulnerability.Matches;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every database. The tests share one and take runs of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContract {
  private static final Instant START = Instant.parse("2026-11-21T02:00:00.123Z");
  private static final String REGISTRY = "localhost:5001";

  /** Nobody wants any content. */
  private static final ContentInterest NOTHING = (path, sizeBytes, mode) -> null;

  private static final PackedFacts NO_FACTS = PackedFacts.of(JsonNodeFactory.instance.objectNode());

  private static int runs;

  private DataSource database;
  private JdbcClient jdbc;
  private String run;

  /** An empty database of this name, or of the same one again. */
  abstract DataSource dataSource(String name) throws Exception;

  @BeforeEach
  void prepare() throws Exception {
    if (database == null) {
      database = dataSource("contract");
      new StoreSchema(database).prepare();
    }
    jdbc = StateQueries.of(database);
    run = newRun();
  }

  private static String newRun() {
    return "run-" + ++runs;
  }

  private static RunRecord record(String id, String identity, Instant startedAt) {
    return new RunRecord(
        id,
        identity,
        RunKind.SCAN,
        false,
        null,
        "1.2.3",
        List.of("a.example/team", "b.example"),
        startedAt,
        null,
        null);
  }

  private static Digest digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Descriptor layer(String text, long sizeBytes) {
    return new Descriptor(MediaTypes.OCI_LAYER_GZIP, digest(text), sizeBytes);
  }

  private static ListedImage image(
      String repository,
      String name,
      List<String> tags,
      List<Digest> diffIds,
      Descriptor... layers) {
    return new ListedImage(
        REGISTRY,
        repository,
        digest("manifest " + name),
        digest("index " + name),
        MediaTypes.OCI_MANIFEST,
        digest("config " + name),
        Platform.parse("linux/amd64"),
        tags,
        diffIds,
        List.of(layers));
  }

  private void list(
      String runId, String repository, Map<String, Digest> tags, ListedImage... images) {
    new EnumerationStore(jdbc)
        .add(
            runId,
            new RepositoryListing(
                REGISTRY,
                repository,
                true,
                tags,
                true,
                Set.of(),
                null,
                List.of(images),
                List.of(),
                List.of()));
  }

  @Test
  void preparingTwiceChangesNothing() {
    new RunStore(jdbc).start(record(run, "identity of " + run, START));
    new StoreSchema(database).prepare();
    assertThat(new RunStore(jdbc).find(run)).isPresent();
  }

  @Test
  void layoutOfANewerVersionIsRefused() {
    jdbc.sql("UPDATE tare_schema SET version = 99").update();
    try {
      assertThatThrownBy(() -> new StoreSchema(database).prepare())
          .isInstanceOf(TareException.class)
          .hasMessage("open state: a newer Tare laid it out, as version 99; this one knows 7");
    } finally {
      jdbc.sql("UPDATE tare_schema SET version = 7").update();
    }
  }

  @Test
  void layoutOfVersionTwoIsBroughtUpToDateAndNothingOfItIsTakenForNew() throws Exception {
    DataSource old = dataSource("version2");
    boolean postgres = this instanceof PostgresStoreIT;
    try (Connection connection = old.getConnection()) {
      String tables =
          new String(
              getClass().getResourceAsStream("/state/version-2.sql").readAllBytes(),
              StandardCharsets.UTF_8);
      ScriptUtils.executeSqlScript(
          connection,
          new ByteArrayResource(
              tables
                  .replace("${blob}", postgres ? "BYTEA" : "BINARY LARGE OBJECT")
                  .getBytes(StandardCharsets.UTF_8)));
      ScriptUtils.executeSqlScript(
          connection,
          new ClassPathResource(
              "org/springframework/batch/core/schema-%s.sql"
                  .formatted(postgres ? "postgresql" : "h2")));
    }
    LayerFacts layer = read(run);
    JdbcClient states = JdbcClient.create(old);
    states.sql("INSERT INTO tare_schema (version) VALUES (2)").update();
    states
        .sql("INSERT INTO tare_layer_facts (digest, scanner_version, content) VALUES (?, ?, ?)")
        .params(
            layer.digest().toString(),
            LayerReaders.all(NOTHING).fingerprint(),
            LayerFactsCodec.toBytes(layer))
        .update();
    states
        .sql(
            "INSERT INTO tare_run (id, identity, kind, status, tool_version, targets, rules,"
                + " started_at) VALUES ('old', 'x', 'scan', 'finished', '0', '[]', '[]',"
                + " CURRENT_TIMESTAMP)")
        .update();

    new StoreSchema(old).prepare();
    new StoreSchema(old).prepare();

    assertThat(new LayerStore(states, NOTHING, false).facts(layer.digest())).isEmpty();
    assertThat(new RunStore(states).all()).isEmpty();
    jdbc = states;
    scanned(run, START, image("team/app", run, List.of("1"), List.of(), layer("a", 1)), 1_000);
    assertThat(summaries(new ImageStore(states), run)).hasSize(1);
    states.sql("UPDATE tare_schema SET version = 1").update();
    assertThatThrownBy(() -> new StoreSchema(old).prepare())
        .hasMessage("open state: its layout is version 1, and there is no way from that to 7");
  }

  @Test
  void layoutOfVersionFivePredictsFromNowOn() throws Exception {
    DataSource old = dataSource("version5");
    new StoreSchema(old).prepare();
    JdbcClient states = JdbcClient.create(old);
    states.sql("DROP TABLE tare_prediction").update();
    states.sql("DELETE FROM tare_schema").update();
    states.sql("INSERT INTO tare_schema (version) VALUES (5)").update();
    jdbc = states;
    scanned(run, START, image("team/app", run, List.of("1"), List.of(), layer("a", 1)), 1_000);

    new StoreSchema(old).prepare();

    PredictionStore predictions = new PredictionStore(states);
    PredictionStore.Judged image = predictions.ofRun(run, "judge").getFirst();
    predictions.keep(image, "all", List.of());
    assertThat(predictions.ofRun(run, "judge").getFirst().isMadeOf("all")).isTrue();
    assertThat(states.sql("SELECT MAX(version) FROM tare_schema").query(Integer.class).single())
        .isEqualTo(7);
  }

  /** Whichever way the first one ends. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void contentThatTwoKeepAtOnceIsThereForBoth(boolean rollsBack) throws Exception {
    PackedJson value = PackedJson.of(List.of("content of " + run));
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    CountDownLatch inserted = new CountDownLatch(1);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Long> first =
          other.submit(() ->
              transaction.execute(status -> {
                long id = new JsonStore(jdbc).keep(value);
                inserted.countDown();
                sleep(Duration.ofMillis(300));
                if (rollsBack) {
                  status.setRollbackOnly();
                }
                return id;
              }));
      assertThat(inserted.await(10, TimeUnit.SECONDS)).isTrue();
      Long second = transaction.execute(status -> new JsonStore(jdbc).keep(value));
      if (!rollsBack) {
        assertThat(second).isEqualTo(first.get());
      }
      assertThat(new JsonStore(jdbc).find(value.hash())).isEqualTo(second);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Two that judge images alike, again and again. */
  @Test
  void sameContentsAreKeptByTwoAtOnce() throws Exception {
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    CyclicBarrier both = new CyclicBarrier(2);
    Callable<List<Long>> keeping =
        () -> {
          List<Long> ids = new ArrayList<>();
          for (int i = 0; i < 300; i++) {
            PackedJson value = PackedJson.of(List.of(run, i));
            both.await(10, TimeUnit.SECONDS);
            ids.add(transaction.execute(status -> new JsonStore(jdbc).keep(value)));
          }
          return ids;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<List<Long>> one = threads.submit(keeping);
      Future<List<Long>> other = threads.submit(keeping);
      assertThat(one.get()).isEqualTo(other.get());
    }
  }

  @Test
  void runsOfVersionSixHaveNoTerms() throws Exception {
    DataSource old = dataSource("version6");
    new StoreSchema(old).prepare();
    JdbcClient states = JdbcClient.create(old);
    states.sql("ALTER TABLE tare_run DROP COLUMN terms").update();
    states.sql("DELETE FROM tare_schema").update();
    states.sql("INSERT INTO tare_schema (version) VALUES (6)").update();
    RunStore runs = new RunStore(states);
    runs.start(record("old", "x", START));

    new StoreSchema(old).prepare();

    assertThat(runs.terms("old")).isEmpty();
    RunTerms terms =
        new RunTerms(
            "c0ffee",
            new RunTerms.Scope(
                List.of("team/**"), List.of(), 3, List.of("linux/amd64"), List.of("/opt/**")),
            new RunTerms.Judging(
                null,
                "accepted.yaml",
                null,
                List.of("vex"),
                List.of("trivy"),
                JsonNodeFactory.instance.objectNode().put("a", 1)));
    runs.on("old", terms);
    assertThat(runs.terms("old")).hasValue(terms);
  }

  @Test
  void layoutOfVersionSixTellsTicketsFromNowOn() throws Exception {
    DataSource old = dataSource("version6tickets");
    new StoreSchema(old).prepare();
    JdbcClient states = JdbcClient.create(old);
    states.sql("DROP TABLE tare_ticket_outbox").update();
    states.sql("DELETE FROM tare_schema").update();
    states.sql("INSERT INTO tare_schema (version) VALUES (6)").update();

    new StoreSchema(old).prepare();

    StoredTickets outbox = new StoredTickets(states, new JdbcTransactionManager(old), "hook");
    outbox.sending("m1", new TicketOutbox.Message("msg_1", "{}", "as created"));
    assertThat(outbox.outbox()).hasSize(1);
  }

  @Test
  void whatPackagesCameToByVersionFourIsMatchedAgain() throws Exception {
    DataSource old = dataSource("version4");
    new StoreSchema(old).prepare();
    JdbcClient states = JdbcClient.create(old);
    states.sql("DROP TABLE tare_match").update();
    states
        .sql(
            "CREATE TABLE tare_match (facts_id BIGINT NOT NULL PRIMARY KEY, inventory VARCHAR(32)"
                + " NOT NULL, feeds VARCHAR(32) NOT NULL, matches_id BIGINT NOT NULL)")
        .update();
    states.sql("INSERT INTO tare_match VALUES (1, 'a', 'b', 2)").update();
    states.sql("DELETE FROM tare_schema").update();
    states.sql("INSERT INTO tare_schema (version) VALUES (4)").update();

    new StoreSchema(old).prepare();

    MatchStore matches = new MatchStore(states);
    assertThat(matches.matches("a", "b")).isEmpty();
    matches.list(1, new Inventory("debian", "12", true, List.of(item("deb")), List.of()));
  }

  /** Facts as of a day, of one image. */
  private static ObjectNode facts(String name, int day) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("evaluatedAt", START.plus(Duration.ofDays(day)).toString());
    facts.putObject("image").put("digest", name).put("ageDays", 10 + day);
    return facts;
  }

  private static List<Outcome> outcomes(int day) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      outcomes.add(failed(Severity.LOW, i == 7 ? "day " + day : "always " + i));
    }
    return outcomes;
  }

  /** One run that has judged one image on a day. */
  private void judged(String id, int day, ListedImage image, ObjectNode facts) {
    RunStore store = new RunStore(jdbc);
    store.start(record(id, id, START.plus(Duration.ofDays(day))));
    list(id, image.repository(), Map.of(id, image.digest()), image);
    ImageStore images = new ImageStore(jdbc);
    long imageId = images.inState(id, ImageState.LISTED).getFirst().id();
    images.described(imageId, PackedFacts.of(facts));
    images.judged(imageId, 1L, PackedOutcomes.of(outcomes(day)));
    store.complete(id);
  }

  private int rows(String table, String where, Object... parameters) {
    return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE " + where)
        .params(parameters)
        .query(Integer.class)
        .single();
  }

  @Test
  void imageThatDidNotChangeIsKeptOnceAndReadAsItWasOnEachDay() {
    ListedImage image = image("team/same", run, List.of("1"), List.of(), layer(run, 5));
    judged(run, 0, image, facts(run, 0));
    int contents = rows("tare_content", "1 = 1");
    String second = newRun();
    judged(second, 1, image, facts(run, 1));
    String third = newRun();
    judged(third, 0, image, facts(run, 2));

    assertThat(rows("tare_content", "1 = 1")).isEqualTo(contents);
    assertThat(rows("tare_listed", "digest = ?", image.digest().toString())).isEqualTo(1);
    assertThat(rows("tare_layer", "run_id = ?", second)).isZero();
    for (Map.Entry<String, Integer> day : Map.of(run, 0, second, 1).entrySet()) {
      List<JudgedImage> read = new ArrayList<>();
      new ImageStore(jdbc).forEachJudged(day.getKey(), true, read::add);
      assertThat(read)
          .singleElement()
          .satisfies(one -> {
            assertThat(one.facts().toString()).isEqualTo(facts(run, day.getValue()).toString());
            assertThat(one.outcomes()).isEqualTo(outcomes(day.getValue()));
          });
    }
  }

  @Test
  void imagesThatTwoRunsListedAndJudgedAlikeAreToldApart() {
    ListedImage first = image("team/alike", run + "1", List.of("1"), List.of(), layer(run, 5));
    ListedImage second = image("team/alike", run + "2", List.of("2"), List.of(), layer(run, 5));
    judged(run, 0, first, facts(run, 0));
    String alike = newRun();
    judged(alike, 0, first, facts(run, 1));
    String differing = newRun();
    judged(differing, 1, first, facts(run, 1));
    String differingAlike = newRun();
    judged(differingAlike, 1, first, facts(run, 1));
    String other = newRun();
    judged(other, 0, second, facts(run, 0));

    assertThat(references(run, alike, true)).containsExactly(REGISTRY + "/team/alike:1");
    assertThat(references(run, alike, false)).isEmpty();
    assertThat(references(differing, differingAlike, true)).hasSize(1);
    assertThat(references(differing, differingAlike, false)).isEmpty();
    for (String unlike : List.of(differing, other, newRun())) {
      assertThat(references(run, unlike, true)).isEmpty();
      assertThat(references(run, unlike, false)).hasSize(1);
    }
    List<JudgedImage> found = new ArrayList<>();
    ImageStore images = new ImageStore(jdbc);
    images.forEachJudgedOf(
        run, List.of(first.digest().toString(), second.digest().toString()), found::add);
    assertThat(found)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.digest()).isEqualTo(first.digest().toString());
          assertThat(one.facts().toString()).isEqualTo(facts(run, 0).toString());
        });
    images.forEachJudgedOf(run, List.of(), found::add);
    assertThat(found).hasSize(1);
  }

  private List<String> references(String id, String other, boolean alike) {
    List<String> references = new ArrayList<>();
    new ImageStore(jdbc)
        .forEachJudged(id, other, alike, image -> references.add(image.reference()));
    return references;
  }

  @Test
  void predictionsAreThoseOfEveryRunThatJudgedTheSame() {
    ListedImage image = image("team/predicted", run, List.of("1"), List.of(), layer(run, 5));
    judged(run, 0, image, facts(run, 0));
    PredictionStore store = new PredictionStore(jdbc);
    PredictionStore.Judged first = store.ofRun(run, "judge").getFirst();
    assertThat(first.isMadeOf("all")).isFalse();
    BasePrediction nothing =
        BasePrediction.nothing("a", "b", BasePrediction.Kind.FAILED, List.of("It is gone."));
    store.keep(first, "less", List.of());
    store.keep(first, "all", List.of(nothing));

    String same = newRun();
    judged(same, 0, image, facts(run, 0));
    String nextDay = newRun();
    judged(nextDay, 1, image, facts(run, 1));
    RunStore runs = new RunStore(jdbc);
    List.of(run, same, nextDay).forEach(id -> runs.judging(id, "judge"));

    assertThat(predictions(run)).containsExactly(nothing);
    assertThat(predictions(same)).containsExactly(nothing);
    assertThat(predictions(nextDay)).as("another day").isEmpty();
    assertThat(store.ofRun(same, "judge").getFirst().isMadeOf("all")).isTrue();
    assertThat(store.ofRun(same, "judge").getFirst().judged()).isEqualTo(first.judged());
    assertThat(store.ofRun(nextDay, "judge").getFirst().judged()).isNotEqualTo(first.judged());
    runs.judging(same, "another judge");
    assertThat(predictions(same)).as("other rules").isEmpty();

    RunPruner pruner = new RunPruner(jdbc);
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    List.of(same, nextDay).forEach(pruner::prune);
    transaction.executeWithoutResult(status -> pruner.sweep(START));
    assertThat(predictions(run)).containsExactly(nothing);
    pruner.prune(run);
    transaction.executeWithoutResult(status -> pruner.sweep(START));
    assertThat(rows("tare_prediction", "content LIKE '%It is gone.%'")).isZero();
  }

  private List<BasePrediction> predictions(String runId) {
    List<BasePrediction> predictions = new ArrayList<>();
    new ImageStore(jdbc)
        .forEachJudged(runId, true, image -> predictions.addAll(image.predictions()));
    return predictions;
  }

  @Test
  void whatNoRunNeedsIsSweptAndLayersStayForNinetyDays() throws IOException {
    LayerFacts layer = read(run);
    Descriptor descriptor = new Descriptor(MediaTypes.OCI_LAYER_GZIP, layer.digest(), 10);
    ListedImage image = image("team/swept", run, List.of("1"), List.of(), descriptor);
    String kept = newRun();
    judged(kept, 0, image("team/kept", kept, List.of("1"), List.of()), facts(kept, 0));
    judged(run, 0, image, facts(run, 0));
    new LayerStore(jdbc, NOTHING, false).keep(run, layer);
    byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
    new DocumentStore(jdbc).keep(new Descriptor("x", image.configDigest(), 2), config);
    new DocumentStore(jdbc).keep(new Descriptor("x", digest(run + " nobody's"), 2), config);
    RunPruner pruner = new RunPruner(jdbc);
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    String content = PackedFacts.of(facts(run, 0)).content().hash();

    pruner.prune(run);
    transaction.executeWithoutResult(
        status -> assertThat(pruner.sweep(START.plus(Duration.ofDays(89)))).isTrue());
    assertThat(rows("tare_content", "hash = ?", content)).isZero();
    assertThat(rows("tare_content", "hash = ?", PackedFacts.of(facts(kept, 0)).content().hash()))
        .isEqualTo(1);
    assertThat(rows("tare_tag", "tag = ?", run)).isZero();
    assertThat(new LayerStore(jdbc, NOTHING, false).facts(layer.digest())).isPresent();
    assertThat(new StoredCatalog(jdbc, kept).withDigest(image.digest())).hasSize(1);

    transaction.executeWithoutResult(status -> pruner.sweep(START.plus(Duration.ofDays(91))));
    assertThat(new LayerStore(jdbc, NOTHING, false).facts(layer.digest())).isEmpty();
    assertThat(rows("tare_listed", "repository = ?", "team/swept")).isZero();
    assertThat(rows("tare_listed", "repository = ?", "team/kept")).isEqualTo(1);
    assertThat(new DocumentStore(jdbc).find(digest(run + " nobody's")))
        .as("was fetched a moment ago")
        .isPresent();
    Instant later = Instant.now().plus(Duration.ofDays(91));
    transaction.executeWithoutResult(status -> pruner.sweep(later));
    assertThat(new DocumentStore(jdbc).find(digest(run + " nobody's"))).isEmpty();
  }

  @Test
  void forgottenRepositoryLeavesNothingAndOthersWithItsImagesKeepTheirs() {
    ListedImage mine = image("forget/" + run, run, List.of("1"), List.of(), layer(run, 5));
    ListedImage theirs = image("forget/" + run + "2", run, List.of("1"), List.of(), layer(run, 5));
    judged(run, 0, mine, facts(run, 0));
    PredictionStore predictions = new PredictionStore(jdbc);
    predictions.keep(predictions.ofRun(run, "judge").getFirst(), "all", List.of());
    list(run, theirs.repository(), Map.of("1", theirs.digest()), theirs);
    EnumerationStore store = new EnumerationStore(jdbc);
    String name = REGISTRY + "/" + mine.repository();
    store.addNotInspected(run, new NotInspected(name + ":x", null, Stage.MANIFEST, "gone"));
    store.addNotInspected(run, new NotInspected(name + "2:x", null, Stage.MANIFEST, "gone"));
    RepositoryForgetter forgetter = new RepositoryForgetter(jdbc);
    assertThat(forgetter.known()).contains(name, name + "2");
    assertThat(forgetter.of(name)).isEqualTo(new RepositoryForgetter.Known(1, 1, 1));

    int predicted = rows("tare_prediction", "1 = 1");
    forgetter.forget(name);

    assertThat(rows("tare_prediction", "1 = 1")).isEqualTo(predicted - 1);
    assertThat(forgetter.known()).contains(name + "2").doesNotContain(name);
    assertThat(forgetter.of(name)).isEqualTo(new RepositoryForgetter.Known(0, 0, 0));
    assertThat(summaries(new ImageStore(jdbc), run)).isEmpty();
    assertThat(new ImageStore(jdbc).inState(run, ImageState.LISTED))
        .singleElement()
        .satisfies(one -> assertThat(one.repository()).isEqualTo(theirs.repository()));
    assertThat(rows("tare_not_inspected", "run_id = ?", run)).isEqualTo(1);
    assertThat(new StoredCatalog(jdbc, run).withDigest(mine.digest())).isEmpty();
  }

  /** A run that was told, hours after the start, what is there and what is not. */
  private String sighted(int hours, String there, String notThere, Set<String> gone) {
    String id = newRun();
    new RunStore(jdbc).start(record(id, id, START.plus(Duration.ofHours(hours))));
    if (!there.isEmpty()) {
      list(id, there, Map.of("1", digest("1"), "2", digest("2")));
    }
    new EnumerationStore(jdbc)
        .add(
            id,
            new RepositoryListing(
                REGISTRY,
                notThere,
                false,
                Map.of(),
                true,
                gone,
                START.plus(Duration.ofHours(hours)),
                List.of(),
                List.of(),
                List.of()));
    new SightingStore(jdbc).settle(id);
    return id;
  }

  @Test
  void repositoryIsGoneWhenTwoRunsThatReadSomethingElseSaySoFarApart() {
    SightingStore sightings = new SightingStore(jdbc);
    String gone = "gone-" + run;
    String other = "other-" + run;
    list(run, gone, Map.of("1", digest("1")));

    sighted(1, "", gone, Set.of()); // Read nothing: says nothing.
    sighted(2, other, gone, Set.of());
    String tooSoon = sighted(21, other, gone, Set.of());
    assertThat(sightings.repositories(REGISTRY)).contains(gone, other);
    assertThat(sightings.of(tooSoon).of(REGISTRY, gone, "1")).isEqualTo(Sighting.UNKNOWN);
    String second = sighted(22, other, gone, Set.of());

    assertThat(sightings.repositories(REGISTRY)).contains(other).doesNotContain(gone);
    assertThat(sightings.of(second).of(REGISTRY, gone, "1")).isEqualTo(Sighting.GONE);
    assertThat(sightings.of(second).of(REGISTRY, gone, null)).isEqualTo(Sighting.GONE);
    assertThat(sightings.of(second).of(REGISTRY, other, "1")).isEqualTo(Sighting.READ);
    assertThat(sightings.of(second).of(REGISTRY, other, null)).isEqualTo(Sighting.UNKNOWN);
    assertThat(sightings.goneSince(second)).containsExactly(REGISTRY + "/" + gone);

    list(newRun(), gone, Map.of("1", digest("1")));
    assertThat(sightings.repositories(REGISTRY)).as("found again").contains(gone);
    assertThat(sightings.of(second).of(REGISTRY, gone, "1")).isEqualTo(Sighting.UNKNOWN);
  }

  @Test
  void repositoryThatWasThereInBetweenIsNotGone() {
    String name = "comes-and-goes-" + run;
    String other = "other-" + run;
    list(run, name, Map.of("1", digest("1")));

    sighted(1, other, name, Set.of());
    list(newRun(), name, Map.of("1", digest("1")));
    sighted(30, other, name, Set.of());

    assertThat(new SightingStore(jdbc).repositories(REGISTRY)).contains(name);
  }

  @Test
  void tagThatIsGoneIsNotKnownAnyMoreUntilItIsReadAgain() {
    SightingStore sightings = new SightingStore(jdbc);
    String name = "tags-" + run;
    list(
        run,
        name,
        Map.of("1", digest("1"), "2", digest("2"), "sha256-" + "0".repeat(64), digest("3")));
    assertThat(sightings.tags(REGISTRY, name)).as("no list of referrers").containsExactly("1", "2");

    String without = sighted(1, "", name, Set.of("2"));

    assertThat(sightings.tags(REGISTRY, name)).containsExactly("1");
    assertThat(sightings.of(without).of(REGISTRY, name, "2")).isEqualTo(Sighting.GONE);
    assertThat(sightings.of(without).knowsAll(REGISTRY, name)).as("1 was not read").isFalse();
    assertThat(sightings.of(run).knowsAll(REGISTRY, name)).isTrue();
    sightings.forget(START.plus(SightingStore.GONE_KEPT).plus(Duration.ofMinutes(59)));
    assertThat(sightings.of(without).of(REGISTRY, name, "2")).isEqualTo(Sighting.GONE);
    sightings.forget(START.plus(SightingStore.GONE_KEPT).plus(Duration.ofMinutes(61)));
    assertThat(sightings.of(without).of(REGISTRY, name, "2")).isEqualTo(Sighting.UNKNOWN);
  }

  @Test
  void closingsAreCountedOnceARunAndSurviveARollback() {
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    StoredTickets closings =
        new StoredTickets(jdbc, new JdbcTransactionManager(database), "tracker-" + run);
    TicketKey key = new TicketKey(REGISTRY, "team/app", TagLine.of("1.2"));
    TicketKey untagged = new TicketKey(REGISTRY, "team/app", TagLine.UNTAGGED);

    transaction.executeWithoutResult(status -> {
      closings.closing(key, run, START);
      closings.closing(key, run, START);
      status.setRollbackOnly();
    });
    closings.closing(untagged, run, START);

    assertThat(closings.closedSince(START.minusSeconds(1), Set.of(REGISTRY))).isEqualTo(2);
    assertThat(closings.closedSince(START, Set.of(REGISTRY))).isZero();
    assertThat(closings.closedSince(START.minusSeconds(1), Set.of("other.example"))).isZero();

    closings.failed(key, new ClosingLedger.Failed("a", START));
    closings.failed(untagged, new ClosingLedger.Failed("b", START));
    closings.failed(key, new ClosingLedger.Failed("c", START.plusSeconds(1)));
    assertThat(closings.failed())
        .containsOnly(
            Map.entry(key, new ClosingLedger.Failed("c", START.plusSeconds(1))),
            Map.entry(untagged, new ClosingLedger.Failed("b", START)));
  }

  @Test
  void journalOfTicketsHoldsWhatIsUnderWayAndSurvivesARollback() {
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    StoredTickets journal =
        new StoredTickets(jdbc, new JdbcTransactionManager(database), "issues-" + run);
    TicketJournal.Comment comment = new TicketJournal.Comment("c1", "https://t/1", "- New");

    transaction.executeWithoutResult(status -> {
      journal.intend("m1", START);
      journal.comment(comment);
      journal.comment(comment);
      status.setRollbackOnly();
    });
    journal.found("m2", "https://t/2");

    assertThat(journal.comments()).containsExactly(comment);
    assertThat(journal.entries())
        .containsExactly(
            new TicketJournal.Entry("m1", START, null),
            new TicketJournal.Entry("m2", Instant.EPOCH, "https://t/2"));
    assertThat(journal.intendedSince(START.minusSeconds(1))).isEqualTo(1);
    assertThat(journal.intendedSince(START)).isZero();

    journal.found("m1", "https://t/1");
    journal.intend("m2", START.plusSeconds(1));
    journal.commented("c1");

    assertThat(journal.comments()).isEmpty();
    assertThat(journal.entries())
        .containsExactly(
            new TicketJournal.Entry("m1", START, "https://t/1"),
            new TicketJournal.Entry("m2", START.plusSeconds(1), null));
    journal.forget("m1");
    assertThat(journal.entries()).extracting(TicketJournal.Entry::mark).containsExactly("m2");
    assertThat(new StoredTickets(jdbc, new JdbcTransactionManager(database), "other").entries())
        .isEmpty();
  }

  @Test
  void outboxOfTicketsHoldsWhatWasToldAndWhatMayNotHaveBeenAndSurvivesARollback() {
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    StoredTickets outbox =
        new StoredTickets(jdbc, new JdbcTransactionManager(database), "hook-" + run);
    var first = new TicketOutbox.Message("msg_1", "{}", "as created");
    var second = new TicketOutbox.Message("msg_2", "{}", "as updated");

    transaction.executeWithoutResult(status -> {
      outbox.sending("m1", first);
      outbox.sending("m2", first);
      outbox.withdrawn("m2");
      status.setRollbackOnly();
    });
    assertThat(outbox.outbox()).containsExactly(new TicketOutbox.Entry("m1", null, first));

    outbox.taken("m1");
    outbox.taken("m1");
    assertThat(outbox.outbox()).containsExactly(new TicketOutbox.Entry("m1", "as created", null));

    outbox.sending("m1", second);
    assertThat(outbox.outbox()).containsExactly(new TicketOutbox.Entry("m1", "as created", second));
    outbox.withdrawn("m1");
    assertThat(outbox.outbox()).containsExactly(new TicketOutbox.Entry("m1", "as created", null));
    assertThat(new StoredTickets(jdbc, new JdbcTransactionManager(database), "other").outbox())
        .isEmpty();
  }

  @Test
  void unfinishedRunOfTheSameCommandIsFoundUntilItFinishes() {
    RunStore store = new RunStore(jdbc);
    RunRecord record = record(run, "identity of " + run, START);
    store.start(record);
    assertThat(store.unfinished("identity of " + run)).contains(record);
    assertThat(store.unfinished("another")).isEmpty();
    RunSummary summary =
        new RunSummary(
            1, 2, 1, 1, 0, 0, 3, 4, 5, 6_000_000_000L, Map.of(Severity.HIGH, 7), null, 60);
    store.summarise(run, START.plusSeconds(60), summary);
    assertThat(store.unfinished("identity of " + run))
        .as("summarised, but perhaps not reported yet")
        .isPresent();
    store.complete(run);
    assertThat(store.unfinished("identity of " + run)).isEmpty();
    RunRecord finished = store.find(run).orElseThrow();
    assertThat(finished.finishedAt()).isEqualTo(START.plusSeconds(60));
    assertThat(finished.summary()).isEqualTo(summary);
    assertThat(finished.targets()).containsExactly("a.example/team", "b.example");
  }

  @Test
  void abandonedRunIsNeitherResumedNorListed() {
    RunStore store = new RunStore(jdbc);
    store.start(record(run, "identity of " + run, START));
    store.abandon(run);
    assertThat(store.unfinished("identity of " + run)).isEmpty();
    assertThat(store.all()).extracting(RunRecord::id).doesNotContain(run);
  }

  @Test
  void finishedRunIsNotAbandoned() {
    RunStore store = new RunStore(jdbc);
    store.start(record(run, "identity of " + run, START));
    store.complete(run);
    store.abandon(run);
    assertThat(store.all()).extracting(RunRecord::id).contains(run);
  }

  @Test
  void everyLookUpGivesItsConnectionBack() {
    HikariConfig one = new HikariConfig();
    one.setDataSource(database);
    one.setMaximumPoolSize(1);
    one.setConnectionTimeout(1_000);
    try (HikariDataSource pool = new HikariDataSource(one)) {
      RunStore store = new RunStore(JdbcClient.create(pool));
      store.start(record(run, "identity of " + run, START));
      assertThat(store.unfinished("identity of " + run)).isPresent();
      store.complete(run);
      assertThat(store.latest()).isPresent();
      assertThat(store.find(run)).isPresent();
      assertThat(store.all()).isNotEmpty();
      list(run, "team/app", Map.of(), image("team/app", run, List.of("1"), List.of()));
      ImageStore images = new ImageStore(JdbcClient.create(pool));
      StoredImage image = images.inState(run, ImageState.LISTED).getFirst();
      EarlierBuilds earlier = new EarlierBuilds(JdbcClient.create(pool));
      assertThat(earlier.of(run, List.of(image))).isEmpty();
      assertThat(earlier.of(run, List.of(image))).isEmpty();
    }
  }

  @Test
  void waiversOfARunAreKeptInTheirOrderAndReplaced() {
    RunStore store = new RunStore(jdbc);
    Waiver waiver = new Waiver("Later.", "ops@example.com", LocalDate.of(2027, 3, 31), null);
    WaiverUse unused = new WaiverUse("TARE-TOOL-001", "b/**", waiver, WaiverUse.State.UNUSED);
    WaiverUse used = new WaiverUse("TARE-*", "a/**", waiver, WaiverUse.State.USED);
    store.waivedBy(run, List.of(used));
    store.waivedBy(run, List.of(unused, used));
    assertThat(store.waivers(run)).containsExactly(unused, used);
    assertThat(store.waivers(newRun())).isEmpty();
  }

  @Test
  void runIsFoundByABeginningThatIsItsOwn() {
    RunStore store = new RunStore(jdbc);
    store.start(record(run + "-20261121-aaaa", "x", START));
    store.start(record(run + "-20261121-bbbb", "x", START));
    assertThat(store.beginning(run + "-20261121-a")).hasSize(1);
    assertThat(store.beginning(run + "-20261121")).hasSize(2);
    assertThat(store.beginning(run + "-20261121-_aaa")).isEmpty();
  }

  @Test
  void largestLayersAreReadFirst() {
    list(
        run,
        "team/app",
        Map.of(),
        image(
            "team/app",
            run,
            List.of("1"),
            List.of(),
            layer(run + "a", 20),
            layer(run + "b", 100),
            layer(run + "c", 0),
            layer(run + "d", 60)));
    assertThat(new LayerStore(jdbc, NOTHING, false).pending(run))
        .extracting(layer -> layer.descriptor().sizeBytes())
        .containsExactly(100L, 60L, 20L, 0L);
  }

  @Test
  void layerThatTwoImagesHaveIsReadOnce() {
    Descriptor shared = layer(run + " shared", 10);
    list(
        run,
        "team/app",
        Map.of(),
        image("team/app", run + "1", List.of("1"), List.of(), shared, layer(run + " own", 5)),
        image("team/app", run + "2", List.of("2"), List.of(), shared));
    assertThat(new LayerStore(jdbc, NOTHING, false).totals(run))
        .isEqualTo(new LayerStore.Totals(2, 15, 0, 0, 2, 15));
  }

  @Test
  void repositoryThatIsAddedAgainIsThereOnce() {
    ListedImage image = image("team/app", run, List.of("1"), List.of(), layer(run, 10));
    list(run, "team/app", Map.of("1", image.digest()), image);
    list(run, "team/app", Map.of("1", image.digest()), image);
    EnumerationStore store = new EnumerationStore(jdbc);
    store.addNotInspected(run, new NotInspected("team/x:1", null, Stage.MANIFEST, "gone"));
    store.addNotInspected(run, new NotInspected("team/x:1", null, Stage.MANIFEST, "gone"));
    assertThat(store.repositories(run)).containsExactly(REGISTRY + "/team/app");
    assertThat(new ImageStore(jdbc).count(run, ImageState.LISTED)).isEqualTo(1);
    assertThat(new SummaryQuery(jdbc, new LayerStore(jdbc, NOTHING, false)).of(run).notInspected())
        .isEqualTo(1);
  }

  private static Outcome failed(Severity severity, String fingerprint) {
    return new Outcome(
        "TARE-TOOL-001",
        OutcomeKind.FAIL,
        severity,
        "",
        JsonNodeFactory.instance.objectNode(),
        fingerprint,
        null);
  }

  private static long id(List<StoredImage> images, ListedImage of) {
    return images.stream()
        .filter(image -> image.digest().equals(of.digest()))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void imagesAreListedInTheirOrderWhetherTheyAreKnownOrNot() {
    ListedImage first = image("team/" + run, run + "1", List.of("1"), List.of(), layer(run, 5));
    ListedImage second = image("team/" + run, run + "2", List.of("2"), List.of(), layer(run, 5));
    ListedImage third = image("team/" + run, run + "3", List.of("3"), List.of(), layer(run, 5));
    list(run, "team/" + run, Map.of(), first, second);
    String later = newRun();
    list(later, "team/" + run, Map.of(), third, second, first, second);
    list(later, "team/" + run, Map.of(), first);
    assertThat(new ImageStore(jdbc).inState(later, ImageState.LISTED))
        .extracting(StoredImage::digest)
        .containsExactly(third.digest(), second.digest(), first.digest());
  }

  @Test
  void whatIsAskedOfSeveralImagesIsToldOfEach() throws IOException {
    LayerFacts sharedFacts = read("shared" + run);
    LayerFacts ownFacts = read("own" + run);
    Descriptor shared = new Descriptor(MediaTypes.OCI_LAYER_GZIP, sharedFacts.digest(), 100);
    Descriptor own = new Descriptor(MediaTypes.OCI_LAYER_GZIP, ownFacts.digest(), 20);
    String repository = "team/" + run;
    list(
        run,
        repository,
        Map.of(),
        image(repository, run + "1", List.of("1"), List.of(), shared, own, own),
        image(repository, run + "2", List.of("2"), List.of(), shared),
        image(repository, run + "3", List.of("3"), List.of()));
    String other = newRun();
    list(other, repository, Map.of(), image(repository, run + "4", List.of("4"), List.of(), own));
    ImageStore images = new ImageStore(jdbc);
    List<Long> ids = images.inState(run, ImageState.LISTED).stream().map(StoredImage::id).toList();
    assertThat(images.exclusiveBytes(run, ids))
        .as("a layer that stands twice in an image counts once, other runs do not")
        .isEqualTo(Map.of(ids.get(0), 20L, ids.get(1), 0L, ids.get(2), 0L));
    assertThat(images.carrying(run, ids))
        .as("what has no layer carries nothing, nor does the highest")
        .containsExactly(ids.get(1));

    LayerStore layers = new LayerStore(jdbc, NOTHING, false);
    assertThat(layers.stateOfLayers(run, ids)).containsOnlyKeys(ids.get(2));
    layers.keep(run, sharedFacts);
    Map<Long, String> states = layers.stateOfLayers(run, ids);
    assertThat(states).containsOnlyKeys(ids.get(1), ids.get(2));
    layers.keep(run, ownFacts);
    assertThat(layers.stateOfLayers(run, ids))
        .containsAllEntriesOf(states)
        .containsOnlyKeys(ids.get(0), ids.get(1), ids.get(2))
        .hasEntrySatisfying(
            ids.get(0),
            state -> assertThat(state.split(" ")).hasSize(3).containsOnly(states.get(ids.get(1))));
    layers.unreadable(other, own.digest(), FailureKind.BAD_CONTENT, "damaged");
    assertThat(layers.stateOfLayers(run, ids)).as("in another run").hasSize(3);
  }

  @Test
  void feedsAreReplacedWholly() {
    FeedStore feeds = new MatchStore(jdbc).feeds();
    FeedInfo first = feed("osv:" + run, "r1");
    feeds.keep(first, new byte[] {1});
    FeedInfo second = feed("osv:" + run, "r2");
    feeds.keep(second, new byte[] {2});

    assertThat(feeds.content("osv:" + run))
        .hasValueSatisfying(c -> assertThat(c).containsExactly(2));
    assertThat(feeds.all()).contains(second).doesNotContain(first);
    FeedInfo checked = feed("osv:" + run, "r3");
    feeds.checked(checked);
    assertThat(feeds.all()).contains(checked);
    assertThat(feeds.content("osv:" + run))
        .hasValueSatisfying(c -> assertThat(c).containsExactly(2));
    assertThat(feeds.content("osv:none")).isEmpty();
  }

  private static FeedInfo feed(String name, String revision) {
    return new FeedInfo(
        name, "Go", revision, START, START, "file", null, null, List.of("golang"), 1, 0, true);
  }

  private static Inventory.Item item(String type) {
    return new Inventory.Item(type, "a", "1", null, null, 0, null);
  }

  @Test
  void matchesAreKeptByFactsAndFeedsAndStandInTheFacts() {
    new RunStore(jdbc).start(record(run, "identity of " + run, START));
    list(
        run,
        "team/" + run,
        Map.of(),
        image("team/" + run, run, List.of("1"), List.of(), layer(run, 5)));
    ImageStore images = new ImageStore(jdbc);
    long id = images.inState(run, ImageState.LISTED).getFirst().id();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("run", run);
    document.putArray("gaps").addObject().put("fact", "vulnerabilities").put("reason", "no scan");
    document.withArray("gaps").addObject().put("fact", "tools").put("reason", "unread");
    images.described(id, PackedFacts.of(document));
    long facts = images.storedFacts(id).factsId();
    MatchStore matches = new MatchStore(jdbc);
    matches.pin(
        run,
        List.of(
            new Source("feed", "osv:Go", "r1", "2026-11-01T00:00:00Z", List.of("golang"), true)));
    assertThat(matches.unlisted(run)).containsExactly(facts);
    assertThat(matches.unlisted()).contains(facts);
    Source unpinned = new Source("feed", "osv:Go", null, null, List.of("golang"), true);
    long kept =
        matches.keep(
            new Matches(
                new Vulnerabilities(
                    true,
                    List.of(unpinned),
                    Map.of("high", 1),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of()),
                List.of("why")));
    LastResults.Described before = images.storedFacts(id);

    matches.list(
        facts,
        new Inventory("debian", "12", true, List.of(item("deb"), item("golang")), List.of()));
    assertThat(matches.unlisted(run)).isEmpty();
    assertThat(matches.unlisted()).doesNotContain(facts);
    assertThat(matches.ecosystems(run)).containsExactly("Debian:12", "Go");
    assertThat(matches.ecosystems()).contains("Debian:12", "Go");
    Map<String, Long> unmatched = matches.unmatched(run, "feeds 1");
    assertThat(unmatched).hasSize(1).containsValue(facts);
    String inventory = unmatched.keySet().iterator().next();
    matches.matched(inventory, "feeds 1", kept);
    matches.apply(run);

    assertThat(images.storedFacts(id)).isNotEqualTo(before);
    StoredFacts read = StoredFacts.of(images.facts(id));
    assertThat(read.vulnerabilities().counts()).isEqualTo(Map.of("high", 1));
    assertThat(read.vulnerabilities().sources().getFirst().revision()).isEqualTo("r1");
    assertThat(read.gaps()).extracting(Gap::reason).containsExactly("unread", "why");
    assertThat(matches.unmatched(run, "feeds 1")).isEmpty();
    assertThat(matches.unmatched(run, "feeds 2")).isEqualTo(Map.of(inventory, facts));
    matches.matched(inventory, "feeds 2", kept);
    assertThat(matches.matches(inventory, "feeds 2")).hasValue(kept);
    assertThat(matches.matches(inventory, "feeds 1")).isEmpty();

    String again = newRun();
    new RunStore(jdbc).start(record(again, "identity of " + again, START));
    images.copyDescribed(run, again);
    assertThat(
            StoredFacts.of(
                    images.facts(images.inState(again, ImageState.DESCRIBED).getFirst().id()))
                .vulnerabilities())
        .isEqualTo(read.vulnerabilities());
  }

  @Test
  void unchangedImagesTakeOverWhatTheyCameToLast() {
    ListedImage first = image("team/" + run, run + "1", List.of("1"), List.of(), layer(run, 5));
    ListedImage second = image("team/" + run, run + "2", List.of("2"), List.of(), layer(run, 5));
    judged(run, 0, first, facts(run + "1", 0));
    ImageStore images = new ImageStore(jdbc);
    LastResults last = new LastResults(jdbc);
    long before =
        jdbc.sql("SELECT id FROM tare_image WHERE run_id = ?")
            .param(run)
            .query(Long.class)
            .single();
    last.described(before, "layers");
    LastResults.Described facts = images.storedFacts(before);
    last.judged(facts, "rules", new PackedOutcomes.Kept(facts.factsId(), null, "failing", "{}"));

    String later = newRun();
    list(later, "team/" + run, Map.of(), first, second);
    List<Long> ids =
        images.inState(later, ImageState.LISTED).stream().map(StoredImage::id).toList();
    Map<Long, LastResults.Facts> known = last.facts(ids);
    assertThat(known)
        .containsOnlyKeys(ids.getFirst())
        .hasEntrySatisfying(
            ids.getFirst(),
            one -> {
              assertThat(one.areMadeOf("layers")).isTrue();
              assertThat(one.areMadeOf("other layers")).isFalse();
            });
    images.describedAsBefore(
        List.of(
            new LastResults.Described(ids.getFirst(), facts.factsId(), facts.moment()),
            new LastResults.Described(
                ids.getLast(), facts.factsId(), "[\"2027-01-01T00:00:00Z\",7]")));
    images.describedAsBefore(List.of(new LastResults.Described(ids.getLast(), 0, "[]")));
    assertThat(images.storedFacts(ids.getFirst()).moment()).isEqualTo(facts.moment());
    assertThat(images.storedFacts(ids.getLast()))
        .as("what is described stays")
        .isEqualTo(
            new LastResults.Described(
                ids.getLast(), facts.factsId(), "[\"2027-01-01T00:00:00Z\",7]"));

    assertThat(last.judgedToday(later, "other rules")).isEmpty();
    List<LastResults.Described> today = last.judgedToday(later, "rules");
    assertThat(today).extracting(LastResults.Described::imageId).containsExactly(ids.getFirst());
    jdbc.sql(
            "UPDATE tare_listed SET last_judged_day = 'another' WHERE hash IN (SELECT n.hash FROM"
                + " tare_listed n JOIN tare_image i ON i.listed_id = n.id WHERE i.id = ?)")
        .param(before)
        .update();
    last.takeOver(today, "rules");
    assertThat(images.count(later, ImageState.JUDGED))
        .as("judged by somebody else meanwhile")
        .isZero();
    last.judged(facts, "rules", new PackedOutcomes.Kept(facts.factsId(), null, "failing", "{}"));
    last.takeOver(today, "rules");
    assertThat(summaries(images, later))
        .singleElement()
        .satisfies(image -> {
          assertThat(image.verdict()).isEqualTo(Verdict.FAILING);
          assertThat(image.compressedBytes()).isEqualTo(1L);
        });
    assertThat(images.inState(later, ImageState.DESCRIBED)).hasSize(1);
  }

  @Test
  void severalDocumentsAreFoundWhateverTheirSize() {
    DocumentStore documents = new DocumentStore(jdbc);
    byte[] small = ("small " + run).getBytes(StandardCharsets.UTF_8);
    byte[] large = ("large " + run + " ".repeat(70_000)).getBytes(StandardCharsets.UTF_8);
    List<Digest> digests = new ArrayList<>();
    for (byte[] content : List.of(small, large)) {
      Digest digest = Digest.sha256(content);
      documents.keep(new Descriptor(MediaTypes.OCI_CONFIG, digest, content.length), content);
      digests.add(digest);
    }
    DocumentStore.Several several =
        documents.several(List.of(digests.getFirst(), digests.getLast()));
    assertThat(several.known(digests.getFirst())).isPresent();
    assertThat(several.known(digests.getLast())).as("only the small ones are held").isEmpty();
    assertThat(several.find(digests.getFirst()).orElseThrow().content()).isEqualTo(small);
    assertThat(several.find(digests.getLast()).orElseThrow().content()).isEqualTo(large);
    assertThat(documents.several(List.of()).find(digests.getFirst()).orElseThrow().mediaType())
        .isEqualTo(MediaTypes.OCI_CONFIG);
  }

  @Test
  void whatARunSaidOfItsImagesIsRememberedInTheirOrder() {
    ListedImage first = image("team/app", run + "1", List.of("1"), List.of(), layer(run, 5));
    ListedImage second = image("team/app", run + "2", List.of("2"), List.of(), layer(run, 5));
    ListedImage unread = image("team/app", run + "3", List.of("3"), List.of(), layer(run, 5));
    list(run, "team/app", Map.of(), second, first, unread);
    ImageStore images = new ImageStore(jdbc);
    List<StoredImage> listed = images.inState(run, ImageState.LISTED);
    assertThat(images.unaccounted(run, ImageState.JUDGED)).isEqualTo(listed);
    for (ListedImage described : List.of(first, second)) {
      assertThat(images.described(id(listed, described), NO_FACTS)).isTrue();
      assertThat(images.unreadable(id(listed, described))).isFalse();
    }
    images.judged(
        id(listed, first),
        3_000_000_000L,
        PackedOutcomes.of(
            List.of(
                failed(Severity.HIGH, "a"),
                failed(Severity.HIGH, "b"),
                failed(Severity.LOW, "c"))));
    images.judged(id(listed, second), null, PackedOutcomes.of(List.of()));
    // As by a second process: what was said first counts.
    images.judged(id(listed, second), 1L, PackedOutcomes.of(List.of(failed(Severity.LOW, "a"))));
    assertThat(images.unaccounted(run, ImageState.JUDGED))
        .singleElement()
        .satisfies(lost -> assertThat(lost.digest()).isEqualTo(unread.digest()));
    images.unreadable(id(listed, unread));
    assertThat(images.unaccounted(run, ImageState.JUDGED)).as("without a word").hasSize(1);
    new EnumerationStore(jdbc)
        .addNotInspected(
            run,
            new NotInspected(
                REGISTRY + "/team/app:3", unread.digest().toString(), Stage.LAYER, "is broken"));
    assertThat(images.unaccounted(run, ImageState.JUDGED)).isEmpty();

    assertThat(summaries(images, run))
        .containsExactly(
            new ImageSummary(
                run,
                REGISTRY,
                REGISTRY + "/team/app:1",
                "linux/amd64",
                first.digest().toString(),
                Verdict.FAILING,
                3_000_000_000L,
                Map.of(Severity.HIGH, 2, Severity.LOW, 1)),
            new ImageSummary(
                run,
                REGISTRY,
                REGISTRY + "/team/app:2",
                "linux/amd64",
                second.digest().toString(),
                Verdict.COMPLIANT,
                null,
                Map.of()));
    assertThat(summaries(images, newRun())).isEmpty();
    SummaryQuery summary = new SummaryQuery(jdbc, new LayerStore(jdbc, NOTHING, false));
    // 54 and 100.
    assertThat(summary.of(run).score()).isEqualTo(77);
    assertThat(summary.of(newRun()).score()).isNull();
  }

  private static List<ImageSummary> summaries(ImageStore images, String run) {
    List<ImageSummary> summaries = new ArrayList<>();
    images.forEachSummary(run, summaries::add);
    return summaries;
  }

  private LayerFacts read(String text) throws IOException {
    LayerTar.Blob blob = LayerTar.of().file("etc/" + text, text).gzip();
    return new LayerScanner(NOTHING, LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
  }

  @Test
  void layerThatAnEarlierRunHasReadIsKnown() throws IOException {
    LayerFacts facts = read(run);
    Descriptor read = new Descriptor(MediaTypes.OCI_LAYER_GZIP, facts.digest(), 10);
    Descriptor fresh = layer(run + " fresh", 5);
    list(run, "team/app", Map.of(), image("team/app", run, List.of("1"), List.of(), read));
    LayerStore store = new LayerStore(jdbc, NOTHING, false);
    store.keep(run, facts);
    assertThat(store.totals(run))
        .isEqualTo(new LayerStore.Totals(1, 10, 1, facts.fetchedBytes(), 0, 0));

    String later = newRun();
    list(
        later,
        "team/app",
        Map.of(),
        image("team/app", later, List.of("2"), List.of(), read, fresh));
    assertThat(store.pending(later))
        .extracting(LayerStore.Pending::descriptor)
        .containsExactly(fresh);
    assertThat(store.totals(later)).isEqualTo(new LayerStore.Totals(2, 15, 0, 0, 1, 5));
    assertThat(store.facts(facts.digest()).orElseThrow().diffId()).isEqualTo(facts.diffId());
  }

  @Test
  void layerThatWasReadInPartsIsReadAgainOnlyWhereAllIsWanted() throws IOException {
    LayerFacts whole = read(run);
    LayerFacts parts =
        new LayerFacts(
            whole.digest(),
            null,
            10,
            4,
            whole.uncompressedBytes(),
            whole.compression(),
            whole.index(),
            whole.kept(),
            whole.recognised(),
            whole.gaps(),
            whole.readers());
    Descriptor layer = new Descriptor(MediaTypes.OCI_LAYER_GZIP, whole.digest(), 10);
    list(run, "team/app", Map.of(), image("team/app", run, List.of("1"), List.of(), layer));
    LayerStore any = new LayerStore(jdbc, NOTHING, false);
    any.keep(run, parts);
    assertThat(any.totals(run)).isEqualTo(new LayerStore.Totals(1, 10, 1, 4, 0, 0));
    assertThat(any.facts(whole.digest()).orElseThrow().isPartial()).isTrue();

    String later = newRun();
    list(later, "team/app", Map.of(), image("team/app", later, List.of("1"), List.of(), layer));
    LayerStore wholeOnly = new LayerStore(jdbc, NOTHING, true);
    assertThat(wholeOnly.totals(later).pending()).isEqualTo(1);
    assertThat(any.totals(later).pending()).isZero();
    wholeOnly.keep(later, whole);
    assertThat(any.facts(whole.digest()).orElseThrow().diffId()).isEqualTo(whole.diffId());
  }

  /** Readers that keep the files of a directory each, {@code etc} or {@code opt}. */
  private record Readers(Map<String, Integer> readers) implements ContentInterest {
    @Override
    public @Nullable Extraction wants(String path, long sizeBytes, int mode) {
      return null;
    }

    @Override
    public Set<String> readersOf(LayerEntry file) {
      String directory = file.path().split("/", 2)[0];
      return readers.containsKey(directory) ? Set.of(directory) : Set.of();
    }
  }

  private static LayerFacts read(String path, ContentInterest readers) throws IOException {
    LayerTar.Blob blob = LayerTar.of().file(path, path).gzip();
    return new LayerScanner(readers, LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
  }

  private static Descriptor descriptor(LayerFacts facts) {
    return new Descriptor(MediaTypes.OCI_LAYER_GZIP, facts.digest(), facts.compressedBytes());
  }

  @Test
  void newVersionOfReaderReadsAgainOnlyTheLayersInWhichItFindsSomething() throws IOException {
    Readers before = new Readers(Map.of("etc", 1, "opt", 1));
    LayerFacts etc = read("etc/" + run, before);
    LayerFacts opt = read("opt/" + run, before);
    Descriptor[] layers = {descriptor(etc), descriptor(opt)};
    list(run, "team/app", Map.of(), image("team/app", run, List.of("1"), List.of(), layers));
    LayerStore old = new LayerStore(jdbc, before, false);
    old.keep(run, etc);
    old.keep(run, opt);

    String later = newRun();
    list(later, "team/app", Map.of(), image("team/app", later, List.of("1"), List.of(), layers));
    Readers after = new Readers(Map.of("etc", 1, "opt", 2));
    LayerStore next = new LayerStore(jdbc, after, false);
    assertThat(next.facts(etc.digest())).as("nobody has looked whether it is current").isEmpty();
    assertThat(next.readAgain(later))
        .isEqualTo(new LayerStore.Outdated(1, opt.compressedBytes(), Set.of("opt")));
    assertThat(next.pending(later))
        .extracting(LayerStore.Pending::descriptor)
        .containsExactly(layers[1]);
    assertThat(next.facts(etc.digest())).isPresent();
    assertThat(next.facts(opt.digest())).isEmpty();

    next.keep(later, read("opt/" + run, after));
    assertThat(next.facts(opt.digest()).orElseThrow().readers().versions()).containsEntry("opt", 2);
    assertThat(
            jdbc.sql("SELECT COUNT(*) FROM tare_layer_facts WHERE digest IN (?, ?)")
                .params(etc.digest().toString(), opt.digest().toString())
                .query((row, number) -> row.getInt(1))
                .single())
        .as("what was kept before is gone")
        .isEqualTo(2);
    assertThat(next.readAgain(later).layers()).isZero();
  }

  @Test
  void newReaderReadsAgainTheLayersThatListWhatItWants() throws IOException {
    Readers before = new Readers(Map.of("etc", 1));
    LayerFacts etc = read("etc/new " + run, before);
    LayerFacts opt = read("opt/new " + run, before);
    Descriptor[] layers = {descriptor(etc), descriptor(opt)};
    list(run, "team/app", Map.of(), image("team/app", run, List.of("1"), List.of(), layers));
    LayerStore old = new LayerStore(jdbc, before, false);
    old.keep(run, etc);
    old.keep(run, opt);

    String later = newRun();
    list(later, "team/app", Map.of(), image("team/app", later, List.of("1"), List.of(), layers));
    LayerStore next = new LayerStore(jdbc, new Readers(Map.of("etc", 1, "opt", 1)), false);
    assertThat(next.readAgain(later).readers()).containsExactly("opt");
    assertThat(next.pending(later))
        .extracting(LayerStore.Pending::descriptor)
        .containsExactly(layers[1]);
  }

  @Test
  void factsOfAnEarlierFormatAreMadeAgain() throws IOException {
    LayerFacts facts = read(run);
    Descriptor layer = descriptor(facts);
    list(run, "team/app", Map.of(), image("team/app", run, List.of("1"), List.of(), layer));
    byte[] bytes = LayerFactsCodec.toBytes(facts);
    bytes[3]--;
    jdbc.sql("INSERT INTO tare_layer_facts (digest, scanner_version, content) VALUES (?, ?, ?)")
        .params(facts.digest().toString(), 3009, bytes)
        .update();
    LayerStore store = new LayerStore(jdbc, NOTHING, false);
    assertThat(store.readAgain(run))
        .isEqualTo(new LayerStore.Outdated(1, layer.sizeBytes(), Set.of("layers")));
    assertThat(store.facts(facts.digest())).isEmpty();
  }

  @Test
  void unreadableLayerKeepsItsReasonInItsRunOnly() {
    Descriptor layer = layer(run, 10);
    list(run, "team/app", Map.of(), image("team/app", run, List.of("1"), List.of(), layer));
    LayerStore store = new LayerStore(jdbc, NOTHING, false);
    store.unreadable(run, layer.digest(), FailureKind.NOT_FOUND, "404 BLOB_UNKNOWN: größe 🐳");
    assertThat(store.failure(run, layer.digest()))
        .hasValueSatisfying(failure -> {
          assertThat(failure).hasMessage("404 BLOB_UNKNOWN: größe 🐳");
          assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
        });
    String later = newRun();
    list(later, "team/app", Map.of(), image("team/app", later, List.of("1"), List.of(), layer));
    assertThat(store.failure(later, layer.digest())).isEmpty();
    assertThat(store.totals(later).pending()).isEqualTo(1);
  }

  private ListedImage known(String runId, String name, String tag, List<Digest> diffIds) {
    ListedImage image = image("base/debian", name, List.of(tag), diffIds);
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2026-10-01T00:00:00Z\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
            + diffIds.stream().map(one -> "\"" + one + "\"").collect(Collectors.joining(","))
            + "]}}";
    byte[] content = config.getBytes(StandardCharsets.UTF_8);
    new DocumentStore(jdbc)
        .keep(new Descriptor(MediaTypes.OCI_CONFIG, image.configDigest(), content.length), content);
    list(runId, "base/debian", Map.of(tag, digest("index " + name)), image);
    return image;
  }

  @Test
  void ancestorsAreFoundByChainIdOverAllRuns() {
    List<Digest> diffIds = List.of(digest(run + " root"), digest(run + " second"));
    ListedImage base = known(run, run, "12", diffIds);
    String later = newRun();
    known(later, run, "12.1", diffIds);
    List<Digest> chain = ChainId.ofEachPrefix(diffIds);
    StoredCatalog catalog = new StoredCatalog(jdbc, later);
    List<KnownImage> found =
        catalog.withChainId(List.of(chain.getLast(), digest("none")), digest("asking"));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().digest()).isEqualTo(base.digest());
    assertThat(found.getFirst().chainIds()).isEqualTo(chain);
    assertThat(found.getFirst().created()).isEqualTo(Instant.parse("2026-10-01T00:00:00Z"));
    assertThat(found.getFirst().references())
        .containsExactly(REGISTRY + "/base/debian:12.1", REGISTRY + "/base/debian:12");
    assertThat(catalog.withChainId(chain, base.digest()))
        .as("it is not its own ancestor")
        .isEmpty();
    assertThat(catalog.withChainId(List.of(chain.getFirst()), digest("asking")))
        .as("a prefix is no image")
        .isEmpty();
    assertThat(catalog.withChainId(List.of(), digest("asking"))).isEmpty();
    ImageCatalog asking = catalog.asking(List.of(chain.getLast()));
    assertThat(asking.withChainId(List.of(chain.getLast()), digest("asking"))).isEqualTo(found);
    assertThat(asking.withChainId(List.of(chain.getFirst()), digest("asking"))).isEmpty();
    assertThat(asking.withChainId(chain, digest("asking")))
        .as("more than it was made for")
        .isEqualTo(found);
    assertThat(asking.withDigest(base.digest())).isEqualTo(found);
  }

  @Test
  void ancestorsAreFoundByTheirDigestAndByThatOfTheirIndex() {
    ListedImage base = known(run, run, "12", List.of(digest(run)));
    StoredCatalog catalog = new StoredCatalog(jdbc, run);
    assertThat(catalog.withDigest(base.digest())).hasSize(1);
    assertThat(catalog.withDigest(digest("index " + run))).hasSize(1);
    assertThat(catalog.withDigest(digest("none"))).isEmpty();
  }

  @Test
  void tagNamesWhatItNamedInThisRun() {
    known(run, run, "12", List.of(digest(run)));
    String later = newRun();
    known(later, later, "12", List.of(digest(later)));
    String name = REGISTRY + "/base/debian:12";
    assertThat(new StoredCatalog(jdbc, run).currentDigest(name)).contains(digest("index " + run));
    assertThat(new StoredCatalog(jdbc, later).currentDigest(name))
        .contains(digest("index " + later));
    assertThat(new StoredCatalog(jdbc, later).currentDigest(REGISTRY + "/base/debian")).isEmpty();
    assertThat(new StoredCatalog(jdbc, later).currentDigest("debian")).isEmpty();
  }

  @Test
  void imageRemembersWhatItsTagNamedBeforeAndOnlyTheLatestIsKnown() {
    String repository = "team/" + run;
    scanned(run, START, image(repository, "old " + run, List.of("1", "latest"), List.of()), 1_000);
    String second = newRun();
    scanned(
        second,
        START.plusSeconds(60),
        image(repository, "middle " + run, List.of("latest"), List.of()),
        2_000);
    String third = newRun();
    scanned(
        third,
        START.plusSeconds(120),
        image(repository, "new " + run, List.of("latest"), List.of()),
        3_000);
    String unfinished = newRun();
    new RunStore(jdbc)
        .start(record(unfinished, "identity of " + unfinished, START.plusSeconds(180)));
    list(
        unfinished,
        repository,
        Map.of(),
        image(repository, "new " + run, List.of("latest"), List.of()),
        image(repository, "first of its tag " + run, List.of("2"), List.of()));

    ImageStore store = new ImageStore(jdbc);
    List<StoredImage> listed = store.inState(unfinished, ImageState.LISTED);
    assertThat(new EarlierBuilds(jdbc).of(unfinished, listed))
        .containsExactly(
            Map.entry(
                listed.getFirst().id(),
                new EarlierBuilds.Build(digest("manifest middle " + run), 2_000)));

    ContentsStore contents = new ContentsStore(jdbc);
    assertThat(known(contents, "", repository))
        .containsExactlyInAnyOrder(repository + ":1 1000", repository + ":latest 3000");
    long described = store.inState(unfinished, ImageState.LISTED).get(1).id();
    store.described(described, NO_FACTS);
    contents.keep(digest("manifest first of its tag " + run), contents(500), List.of());
    assertThat(known(contents, "", repository)).hasSize(2);
    assertThat(known(contents, unfinished, repository)).contains(repository + ":2 500").hasSize(3);
    assertThat(contents.ofRun(unfinished))
        .containsExactly(Map.entry(digest("manifest first of its tag " + run), 1));
    assertThat(contents.find(digest("manifest middle " + run)))
        .hasValueSatisfying(image -> {
          assertThat(image.contents()).isEqualTo(contents(2_000));
          assertThat(image.ancestors()).containsExactly(digest("ancestor"));
        });
    contents.keep(digest("manifest middle " + run), contents(2_001), List.of());
    assertThat(contents.find(digest("manifest middle " + run)))
        .hasValueSatisfying(image -> assertThat(image.contents()).isEqualTo(contents(2_001)));
    assertThat(contents.find(digest("nobody's"))).isEmpty();
  }

  private static List<String> known(ContentsStore store, String runId, String repository) {
    return store.known(runId).stream()
        .filter(image -> image.reference().contains("/" + repository + ":"))
        .map(image ->
            image.reference().substring(image.reference().indexOf('/') + 1)
                + " "
                + image.contents().sizeBytes())
        .toList();
  }

  private static Contents contents(long sizeBytes) {
    return new Contents(
        "debian",
        LocalDate.parse("2028-06-30"),
        Set.of("python"),
        sizeBytes,
        null,
        Set.of("bash"),
        true);
  }

  @Test
  void prunedRunsAreForgottenAndTheirImagesStillKnownAsBases() {
    String repository = "prune/" + run;
    String unfinished = newRun();
    new RunStore(jdbc).start(record(unfinished, "identity of " + unfinished, START));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String id = i == 0 ? run : newRun();
      ids.add(id);
      scanned(
          id,
          START.plusSeconds(60L * i),
          image(
              repository,
              "build " + i / 2 + run,
              List.of("1"),
              List.of(digest("layer" + i / 2 + run))),
          1_000);
      jdbc.sql("UPDATE tare_run SET targets = '[\"prune\"]' WHERE id = ?").param(id).update();
    }
    byte[] config =
        "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}".getBytes(StandardCharsets.UTF_8);
    new DocumentStore(jdbc)
        .keep(
            new Descriptor(MediaTypes.OCI_CONFIG, digest("config build 0" + run), config.length),
            config);
    RunPruner pruner = new RunPruner(jdbc);
    assertThat(pruner.olderThanNewest(1))
        .containsAll(ids.subList(0, 3))
        .doesNotContain(ids.get(3), unfinished);
    assertThat(pruner.olderThanNewest(100_000)).doesNotContainAnyElementsOf(ids);
    ids.subList(0, 3).forEach(pruner::prune);
    assertThat(
            jdbc.sql("SELECT id FROM tare_run WHERE id IN (:ids)")
                .param("ids", ids)
                .query(String.class)
                .list())
        .containsExactly(ids.get(3));
    assertThat(rows(repository)).containsExactlyInAnyOrder("build 0 false", "build 1 true");
    assertThat(new StoredCatalog(jdbc, ids.get(3)).withDigest(digest("manifest build 0" + run)))
        .singleElement()
        .satisfies(base ->
            assertThat(base.references()).containsExactly(REGISTRY + "/" + repository + ":1"));
    assertThat(known(new ContentsStore(jdbc), "", repository))
        .containsExactly(repository + ":1 1000");
  }

  private List<String> rows(String repository) {
    Map<String, String> builds =
        Map.of(
            digest("manifest build 0" + run).toString(), "build 0",
            digest("manifest build 1" + run).toString(), "build 1");
    return jdbc.sql(
            "SELECT digest, facts_id IS NOT NULL AS has_facts FROM tare_listed n"
                + " LEFT JOIN tare_image i ON i.listed_id = n.id WHERE repository = ?")
        .param(repository)
        .query((row, number) ->
            builds.get(row.getString("digest")) + " " + row.getBoolean("has_facts"))
        .list();
  }

  /** One run that has judged one image. */
  private void scanned(String runId, Instant at, ListedImage image, long compressedBytes) {
    RunStore store = new RunStore(jdbc);
    store.start(record(runId, "identity of " + runId, at));
    list(runId, image.repository(), Map.of(), image);
    ImageStore images = new ImageStore(jdbc);
    long id = images.inState(runId, ImageState.LISTED).getFirst().id();
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.putObject("size").put("compressed", compressedBytes);
    images.described(id, PackedFacts.of(facts));
    new ContentsStore(jdbc)
        .keep(image.digest(), contents(compressedBytes), List.of(digest("ancestor")));
    images.judged(id, compressedBytes, PackedOutcomes.of(List.of()));
    store.complete(runId);
  }
}
