import dev.tare.batch.Stores;
import dev.tare.batch.match.ImageMatcher;
import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import dev.tare.store.ImageStore;
import dev.tare.store.MatchStore;
import dev.tare.store.PackedFacts;
import dev.tare.store.StoreSchema;
import dev.tare.vulnerability.FeedUpdate;
import dev.tare.vulnerability.Feeds;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What matching costs: see bench/match. */
final class Matches {
  private static final int PACKAGES = 10_000;

  public static void main(String[] arguments) throws Exception {
    int images = Integer.parseInt(arguments[0]);
    int lists = Integer.parseInt(arguments[1]);
    int advisories = Integer.parseInt(arguments[2]);
    Path directory = Files.createTempDirectory("tare-bench");
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:file:" + directory.resolve("tare") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
    new StoreSchema(database).prepare();
    JdbcClient jdbc = JdbcClient.create(database);
    TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    MatchStore matches = new MatchStore(jdbc);
    Stores stores = new Stores(jdbc, null, null, null, null, null, null, null, null, null, null, matches);
    Feeds feeds = new Feeds(matches.feeds(), HttpOptions.defaults(), new StopSignal(), InstantSource.system());

    Path archive = archive(directory.resolve("all.zip"), advisories, "");
    measured("read an archive of %.1f MB".formatted(Files.size(archive) / 1e6), () -> update(feeds, archive));

    transaction.executeWithoutResult(status -> describe(jdbc, images, lists));
    ImageMatcher matcher = new ImageMatcher(stores, "bench");
    measured("first match", () -> transaction.executeWithoutResult(status -> matcher.match("run")));
    System.out.printf(
        "%d images, %d different matches%n",
        jdbc.sql("SELECT COUNT(*) FROM tare_image WHERE matches_id IS NOT NULL").query(Long.class).single(),
        jdbc.sql("SELECT COUNT(DISTINCT matches_id) FROM tare_image").query(Long.class).single());
    update(feeds, archive(directory.resolve("other.zip"), advisories, "x"));
    measured("changed feed", () -> transaction.executeWithoutResult(status -> matcher.match("run")));
    measured("nothing changed", () -> transaction.executeWithoutResult(status -> matcher.match("run")));
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .forEach(System.out::println);
  }

  private static void update(Feeds feeds, Path archive) {
    FeedUpdate update = feeds.update(archive.toString());
    if (!update.problems().isEmpty()) {
      throw new IllegalStateException(update.problems().toString());
    }
  }

  private static void measured(String what, Runnable work) {
    var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = process.getProcessCpuTime();
    long wall = System.nanoTime();
    work.run();
    System.out.printf(
        "%s: %.2f s, %.2f s of CPU%n",
        what, (System.nanoTime() - wall) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
  }

  /** Records of OSV about Debian 12, a few for each package. */
  private static Path archive(Path file, int advisories, String last) throws Exception {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < advisories; i++) {
        zip.putNextEntry(new ZipEntry(i + ".json"));
        zip.write(
            ("{\"id\":\"CVE-2026-%06d\",\"modified\":\"2026-11-01T00:00:00Z\",\"details\":\"%s\",\"severity\":[{\"type\":\"CVSS_V3\","
                    + "\"score\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H\"}],\"affected\":[{\"package\":{\"ecosystem\":\"Debian:12\","
                    + "\"name\":\"source%d\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"1.%d-1\"}]}]}]}")
                .formatted(i, "What an attacker can do. ".repeat(8) + (i == 0 ? last : ""), i % PACKAGES, (i * 7 + (i == 0 ? last.length() : 0)) % 60)
                .getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  /** A run of images whose facts differ in their place, with so many different lists of packages. */
  private static void describe(JdbcClient jdbc, int images, int lists) {
    Random random = new Random(16);
    List<ArrayNode> packages = new ArrayList<>();
    JsonMapper mapper = JsonMapper.shared();
    for (int i = 0; i < lists; i++) {
      ArrayNode items = mapper.createArrayNode();
      for (int n = 100 + random.nextInt(300); n > 0; n--) {
        int number = random.nextInt(PACKAGES);
        items.addObject()
            .put("type", "deb").put("name", "lib" + number).put("version", "1.58-1").put("architecture", "amd64")
            .put("source", "source" + number).put("layer", 0).put("inBase", true).put("installedSize", 1024)
            .put("purl", "pkg:deb/debian/lib" + number + "@1.58-1?arch=amd64&distro=debian-12");
      }
      packages.add(items);
    }
    jdbc.sql("INSERT INTO tare_run (id, identity, kind, status, tool_version, targets, started_at) VALUES ('run', 'run', 'scan', 'running', 'bench', '[]', CURRENT_TIMESTAMP)").update();
    ImageStore store = new ImageStore(jdbc);
    for (int i = 0; i < images; i++) {
      ObjectNode facts = mapper.createObjectNode();
      facts.putObject("image").put("repository", "team/app" + i);
      facts.putObject("base").putObject("os").put("id", "debian").put("versionId", "12");
      facts.putObject("packages").set("items", packages.get(i % lists));
      facts.putArray("gaps");
      jdbc.sql("INSERT INTO tare_image (id, run_id, listed_id, state) VALUES (?, 'run', ?, 'listed')").params(i + 1, i + 1).update();
      store.described(i + 1, PackedFacts.of(facts));
    }
  }

  private Matches() {}
}
