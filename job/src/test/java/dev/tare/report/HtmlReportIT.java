package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.ReportedTicket;
import dev.tare.finding.ReportedTickets;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunVulnerabilities;
import dev.tare.finding.Verdict;
import dev.tare.plan.Action;
import dev.tare.plan.OwnPart;
import dev.tare.plan.Plan;
import dev.tare.report.html.HtmlReportWriter;
import dev.tare.report.html.PageLimits;
import dev.tare.testing.NullableFacts;
import dev.tare.testing.NullableFacts.Fact;
import dev.tare.testing.Programs;
import dev.tare.testing.SampleRun;
import dev.tare.testing.SharedDigest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page in the browser it is made for. Needs {@code chromium} and {@code chromedriver} on the
 * PATH.
 */
class HtmlReportIT {
  private static final List<String> VIEWS =
      List.of("overview", "images", "bases", "rules", "coverage", "tickets", "rule=TARE-TOOL-001");

  private static final SampleRun RUN = SampleRun.small();

  @TempDir static Path directory;

  /** Selenium warns about every browser that is newer than itself; what it warns of is unused. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static ChromeDriver browser;

  @BeforeAll
  static void start() {
    Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = onPath("chromedriver");
    Programs.skipUnless(
        chromium.isPresent() && driver.isPresent(), "no chromium and chromedriver on the PATH");
    SELENIUM.setLevel(Level.SEVERE);
    new Reports().write(SampleReport.withPast(RUN), directory, List.of("html"));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + directory.resolve("profile"));
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build(),
            options);
    browser.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void freshPage() {
    browser.manage().window().setSize(new Dimension(1280, 900));
    browser.get("about:blank");
    console();
  }

  @Test
  void everyViewDrawsWithoutAConsoleMessageOrAViolationOfItsPolicy() {
    for (String view : VIEWS) {
      open(view);
      assertThat(browser.findElements(By.cssSelector("main h1"))).as(view).hasSize(1);
    }
    for (JudgedImage image : RUN.images()) {
      open(address(image));
      browser.executeScript("document.querySelectorAll('details').forEach(one => one.open = true)");
    }
    assertThat(console()).isEmpty();
  }

  @Test
  void theOverviewStatesTheRunsNumbers() {
    open("overview");
    assertThat(text(".hero"))
        .contains(RUN.summary().compliant() + " of " + RUN.summary().images() + " images comply")
        .contains(RUN.summary().failing() + " fail")
        .contains(RUN.summary().unknown() + " unknown")
        .contains(RUN.summary().notInspected() + " not inspected");
    assertThat(browser.findElements(By.cssSelector(".treemap .tile"))).isNotEmpty();
    Plan plan = Plan.of(RUN, List.of());
    Action first = plan.actions().getFirst();
    assertThat(text("main"))
        .contains("What to do first")
        .contains(first.title().replace("localhost:5001/", ""));
  }

  @Test
  void scoresAreShownAndSortTheWorstApart() {
    open("overview");
    assertThat(text(".figures")).contains("Score\n" + RUN.summary().score() + "\n");
    open("images");
    sortBy("score");
    sortBy("score");
    List<Integer> scores =
        browser.findElements(By.cssSelector("td[data-label=Score]")).stream()
            .map(cell -> Integer.valueOf(cell.getText()))
            .toList();
    assertThat(scores)
        .containsExactlyElementsOf(RUN.images().stream().map(JudgedImage::score).sorted().toList());
    JudgedImage image = debian();
    open(address(image));
    assertThat(text(".imagehead .facts")).contains("score " + image.score());
  }

  @Test
  void ownPartSaysWhatItIsAndWhatBasesBring() {
    OwnPart own = OwnPart.of(RUN);
    openOther("own", own, "overview");
    assertThat(text("#run")).contains("own part");
    assertThat(text(".hero")).contains(own.summary().failing() + " fail");
    assertThat(text("main"))
        .contains("Own part")
        .contains(own.own().inherited().getFirst().base().replace("localhost:5001/", ""));
    for (String view : VIEWS) {
      openOther("own", own, view);
      assertThat(text("main")).as(view).doesNotContain("NaN").doesNotContain("undefined");
    }
    assertThat(console()).isEmpty();
    open("overview");
    assertThat(text("body")).doesNotContain("own part").doesNotContain("Own part");
  }

  @Test
  void columnsSortBothWays() {
    open("images");
    Comparator<JudgedImage> bySize =
        Comparator.comparingLong(image -> image.facts().path("size").path("compressed").asLong());
    sortBy("compressed");
    assertThat(shownDigests()).isEqualTo(digests(RUN.images().stream().sorted(bySize.reversed())));
    assertThat(
            browser
                .findElement(By.cssSelector("th[data-sort=compressed]"))
                .getDomAttribute("aria-sort"))
        .isEqualTo("descending");
    sortBy("compressed");
    assertThat(shownDigests()).isEqualTo(digests(RUN.images().stream().sorted(bySize)));
  }

  @Test
  void anImageWithoutTheFactStandsLastWhicheverWayItIsSorted() {
    open("images");
    for (int i = 0; i < 2; i++) {
      sortBy("packages");
      List<WebElement> rows = browser.findElements(By.cssSelector("table.images tbody tr"));
      assertThat(rows.getLast().getText()).contains("partner/reporting:7");
    }
  }

  @Test
  void vulnerabilitiesThatAreNotKnownAreNoZeroAndStandLastWhicheverWayTheyAreSorted() {
    JudgedImage unknown = uncovered();
    open("images");
    for (int i = 0; i < 2; i++) {
      sortBy("vulnerable");
      List<WebElement> rows = browser.findElements(By.cssSelector("table.images tbody tr"));
      assertThat(rows.getFirst().getText()).doesNotContain("not known");
      assertThat(rows.getLast().getText()).contains("not known");
    }
    open("images&vulnerable=not+known");
    assertThat(shownDigests()).contains(unknown.digest()).doesNotContain(debian().digest());
    open(address(unknown));
    assertThat(text("main")).contains("Known vulnerabilities", "Nothing of it counts as zero");
  }

  @Test
  void anImageListsItsVulnerabilitiesWithTheirFixAndWhoBroughtThem() {
    JudgedImage image = debian();
    Vulnerabilities found = StoredFacts.of(image.facts()).vulnerabilities();
    int all = Vulnerabilities.sum(found.counts());
    int fixable = Vulnerabilities.sum(found.fixable());
    assertThat(fixable).isPositive().isLessThan(all);
    open("images&q=" + image.digest());
    assertThat(text("table.images td[data-label=Vulnerabilities]")).contains(fixable + " fixable");
    open(address(image));
    assertThat(text("main"))
        .contains("Vulnerabilities\n" + all + "\n" + fixable + " fixable")
        .contains("debian:Debian:12, which lists what nothing fixes too, as of 2026-11-20")
        .contains("In packages (" + all + ")");
    browser
        .findElement(
            By.cssSelector("select[aria-label='Which vulnerabilities'] option[value=fixable]"))
        .click();
    assertThat(text("main")).doesNotContain("no fix is known").contains("99:1");
  }

  @Test
  void whatOthersSayOfVulnerabilitiesStandsBesideThem() {
    JudgedImage image =
        RUN.images().stream()
            .filter(one -> !found(one).excluded().isEmpty())
            .findFirst()
            .orElseThrow();
    open(address(image));
    assertThat(text("main"))
        .contains("Not there by VEX (" + found(image).excluded().size() + ")")
        .contains(String.valueOf(found(image).excluded().getFirst().id()))
        .contains("vulnerable_code_not_present", "security@example.com", "2027-11-01")
        .contains("trivy 0.60.0", "CVE-2026-0001", "CVE-2026-0002")
        .containsIgnoringCase("EPSS")
        .contains("of all");
    open("overview");
    assertThat(text("main")).contains("VEX statements take away");
  }

  private static JudgedImage debian() {
    return RUN.images().stream()
        .filter(image -> Vulnerabilities.sum(found(image).fixable()) > 0)
        .filter(image -> found(image).counts().getOrDefault("critical", 0) > 0)
        .findFirst()
        .orElseThrow();
  }

  private static JudgedImage uncovered() {
    return RUN.images().stream()
        .filter(image -> !found(image).isKnown() && !found(image).notCovered().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static Vulnerabilities found(JudgedImage image) {
    return StoredFacts.of(image.facts()).vulnerabilities();
  }

  @Test
  void theOverviewTellsKnownFromFixableAndWhatIsNotCovered() {
    RunVulnerabilities sum = Objects.requireNonNull(RUN.summary().vulnerabilities());
    open("overview");
    assertThat(text("main"))
        .contains(
            Vulnerabilities.sum(sum.counts()) + " in " + sum.images() + " images",
            Vulnerabilities.sum(sum.fixable()) + " are fixed by newer packages",
            "Of " + sum.unknown() + " image",
            sum.reasons().getFirst().text());
  }

  @Test
  void searchAndFiltersNarrowTheTableAndStandInTheAddress() {
    open("images");
    browser.findElement(By.id("search")).sendKeys("ledger arm64");
    assertThat(shownDigests()).hasSize(1);
    assertThat(browser.getCurrentUrl()).contains("q=ledger");
    browser.findElement(By.id("search")).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    browser.findElement(By.cssSelector("#filter-verdict option[value=compliant]")).click();
    browser.navigate().refresh();
    assertThat(shownDigests())
        .isEqualTo(digests(RUN.images().stream().filter(i -> i.verdict() == Verdict.COMPLIANT)))
        .hasSize(RUN.summary().compliant());
    open("images&rule=TARE-TOOL-006");
    assertThat(shownDigests()).hasSize(2);
    browser.findElement(By.cssSelector(".chip")).click();
    assertThat(shownDigests()).hasSameSizeAs(RUN.images());
  }

  @Test
  void eachImageHasAnAddressOfItsOwn() {
    for (JudgedImage image : RUN.images()) {
      open(address(image));
      assertThat(text("main")).contains(image.digest()).contains(image.platform());
      assertThat(browser.findElements(By.cssSelector(".layer")))
          .hasSize(image.facts().path("layers").size());
    }
    open("image=localhost:5001/no/such:image");
    assertThat(text("h1")).isEqualTo("No such image");
  }

  @Test
  void linksOfTheTableLeadToTheImage() {
    open("images&q=monolith");
    browser.findElement(By.cssSelector("table.images a.ref")).click();
    assertThat(text("h1")).isEqualTo("legacy/monolith:2019.11");
    assertThat(browser.switchTo().activeElement().getTagName())
        .as("focus moves to the heading")
        .isEqualTo("h1");
    browser.navigate().back();
    assertThat(browser.findElement(By.id("search")).getDomProperty("value")).isEqualTo("monolith");
  }

  @Test
  void hostileTextIsShownAsText() {
    JudgedImage hostile =
        RUN.images().stream()
            .filter(i -> i.repository().startsWith("red-team/"))
            .findFirst()
            .orElseThrow();
    open(address(hostile));
    browser.executeScript("document.querySelectorAll('details').forEach(one => one.open = true)");
    assertThat(text("main"))
        .contains("</script><img src=x onerror=\"window.hacked=1\"><!--<script>")
        .contains("\\u202eevil.exe")
        .contains("مكتبة");
    assertThat(browser.findElements(By.cssSelector("img, main script, iframe"))).isEmpty();
    assertThat(browser.executeScript("return typeof window.hacked")).isEqualTo("undefined");
    assertThat(console()).isEmpty();
  }

  @Test
  void thePolicyStopsAScriptThatIsNotThePagesOwn() {
    open("overview");
    browser.executeScript(
        "const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
            + " document.body.append(s);"
            + " const i = document.createElement('img'); i.src = 'http://127.0.0.1:9/x';"
            + " document.body.append(i)");
    assertThat(browser.executeScript("return typeof window.hacked")).isEqualTo("undefined");
    assertThat(console()).hasSize(2).allMatch(line -> line.contains("Content Security Policy"));
  }

  @ParameterizedTest
  @ValueSource(ints = {380, 768, 1280})
  void nothingIsWiderThanTheWindow(int width) {
    browser.manage().window().setSize(new Dimension(width, 900));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    try {
      Stream.concat(VIEWS.stream(), RUN.images().stream().map(HtmlReportIT::address))
          .forEach(view -> {
            open(view);
            browser.executeScript(
                "document.querySelectorAll('details').forEach(one => one.open = true)");
            assertThat(
                    browser.executeScript(
                        "const page = document.documentElement;"
                            + " return page.scrollWidth - page.clientWidth"))
                .as(view)
                .isEqualTo(0L);
          });
    } finally {
      browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void textStandsOutFromItsGround(String theme) {
    for (String view :
        List.of("overview", "images", "rules", "coverage", address(RUN.images().getLast()))) {
      open(view);
      browser.executeScript("document.documentElement.dataset.theme = arguments[0]", theme);
      assertThat((List<?>) browser.executeScript(TOO_FAINT)).as(view).isEmpty();
    }
  }

  @Test
  void theThemeIsSwitchedByItsButton() {
    open("overview");
    Object before = background();
    browser.findElement(By.id("theme")).click();
    Object after = background();
    assertThat(after).isNotEqualTo(before);
    browser.navigate().refresh();
    assertThat(background()).as("kept for the next visit").isEqualTo(after);
    browser.findElement(By.id("theme")).click();
  }

  @Test
  void theSlashKeyGoesToTheSearch() {
    open("overview");
    browser.findElement(By.tagName("body")).sendKeys("/");
    browser.executeAsyncScript("setTimeout(arguments[0], 100)");
    browser.switchTo().activeElement().sendKeys("probe");
    assertThat(shownDigests()).hasSize(1);
  }

  @Test
  void theTabKeyReachesTheContentFirst() {
    open("overview");
    browser.findElement(By.tagName("body")).sendKeys(Keys.TAB);
    WebElement skip = browser.switchTo().activeElement();
    assertThat(skip.getText()).isEqualTo("Skip to the content");
    skip.sendKeys(Keys.ENTER);
    assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("main");
  }

  @Test
  void anEmptyRunIsSaidPlainly() {
    Path empty = directory.resolve("empty");
    new Reports().write(ReportInput.of(SampleRun.empty()), empty, List.of("html"));
    for (String view : List.of("overview", "images", "bases", "rules", "coverage")) {
      browser.get(empty.resolve("index.html").toUri() + "#" + view);
      assertThat(text("main"))
          .as(view)
          .isNotBlank()
          .doesNotContain("NaN")
          .doesNotContain("undefined");
    }
    assertThat(console()).isEmpty();
  }

  @Test
  void onlyAParentThatIsNotCurrentHasMovedOn() {
    SampleRun run = SampleRun.small();
    JudgedImage image = withParent(run);
    ObjectNode base = (ObjectNode) image.facts().path("base");
    JsonNode lineage = base.path("lineage");
    String parent = lineage.get(lineage.size() - 1).path("digest").asString();
    ObjectNode outdated = base.putObject("outdated").put("known", true);

    outdated.put("currentDigest", parent).put("lagDays", 0);
    openOther("current", run, address(image));
    assertThat(text("main")).contains("Lineage").doesNotContain("moved on");

    outdated.put("currentDigest", "sha256:" + "7".repeat(64)).put("lagDays", 40);
    openOther("behind", run, address(image));
    assertThat(text("main")).contains("moved on to an image 40 days newer", "sha256:777777777777…");
  }

  /** Buildah annotates the digest of its own intermediate step, with an empty name. */
  @Test
  void aDigestWithoutNameOrLayersIsNoBase() {
    SampleRun run = SampleRun.small();
    JudgedImage image = withParent(run);
    ObjectNode base = (ObjectNode) image.facts().path("base");
    String digest = "sha256:" + "3".repeat(64);
    base.putNull("root");
    base.putArray("lineage")
        .addObject()
        .put("reference", digest)
        .put("digest", digest)
        .put("layers", 0)
        .put("confidence", 0.6)
        .put("tie", false)
        .putArray("evidence")
        .add("annotation");

    openOther("nameless", run, "bases");
    assertThat(text("main")).doesNotContain("sha256:333");
    browser.get("about:blank");
    openOther("nameless", run, address(image));
    assertThat(text("main"))
        .contains(
            "No known image is an ancestor", "a base that has no name", "sha256:333333333333…");
  }

  @Test
  void baseThatIsOnlyProbableIsSaidToBe() {
    SampleRun run = SampleRun.small();
    JudgedImage image = withParent(run);
    ObjectNode base = (ObjectNode) image.facts().path("base");
    String node = "docker.io/library/node:20.11.0-alpine3.19";
    base.putNull("root");
    base.putArray("lineage")
        .addObject()
        .put("reference", node)
        .putNull("digest")
        .put("layers", 0)
        .put("confidence", 0.4)
        .put("tie", false)
        .putArray("evidence")
        .add("family");
    ObjectNode family =
        base.putObject("family")
            .put("reference", node)
            .put("version", "20.11.0")
            .put("confidence", 0.4);
    family.putArray("evidence").add("history");
    family.putArray("candidates");
    openOther("probable", run, address(image));
    assertThat(text("main .chain"))
        .containsIgnoringCase("probably")
        .contains("node:20.11.0-alpine3.19", "by its build steps", "40.0 % sure")
        .doesNotContain("0 layers");

    base.putArray("lineage");
    family.putNull("reference").putArray("candidates").add("docker.io/library/node");
    openOther("candidate", run, address(image));
    assertThat(text("main"))
        .contains("No known image is an ancestor")
        .contains("It may be built on docker.io/library/node, whose variables are set");
  }

  @Test
  void aGapOfEveryImageIsSaidOnceForAll() {
    SampleRun run = SampleRun.small();
    for (JudgedImage image : run.images()) {
      ((ArrayNode) image.facts().path("gaps"))
          .addObject()
          .put("fact", "moonlight")
          .putNull("path")
          .putNull("layer")
          .put("reason", "nobody looked up");
    }
    openOther("gaps", run, address(run.images().getFirst()));
    assertThat(text("main"))
        .contains("On every image of this run: ", "moonlight")
        .doesNotContain("nobody looked up");
    browser.get("about:blank");
    openOther("gaps", run, "coverage");
    assertThat(text("main")).contains("nobody looked up", "all " + run.images().size());
  }

  @Test
  void oneDigestInSeveralRepositoriesIsLookedUpInEach() {
    Path shared = directory.resolve("shared");
    SampleRun run = SharedDigest.run();
    new Reports().write(ReportInput.of(run).with(SharedDigest.tickets()), shared, List.of("html"));
    String page = shared.resolve("index.html").toUri().toString();

    for (JudgedImage image : run.images()) {
      browser.get(page + "#image=" + image.reference());
      assertThat(text(".imagehead h1")).isEqualTo(image.reference());
      assertThat(text(".imagehead .facts"))
          .contains("profile " + image.facts().path("profile").asString());
      browser.get("about:blank");
      browser.get(
          page + "#image=" + image.registry() + "/" + image.repository() + "@" + image.digest());
      assertThat(text(".imagehead h1")).isEqualTo(image.reference());
    }

    browser.get(page + "#tickets");
    assertThat(
            browser.findElements(By.cssSelector("main tbody tr td .inline a")).stream()
                .map(WebElement::getText))
        .containsExactly("mirror.test/a/app:1", "registry.test/a/app:1");
    browser.findElements(By.cssSelector("main tbody tr th a")).getLast().click();
    assertThat(text("main .count")).startsWith("1 of 5 images");
    assertThat(text("main tbody")).contains("registry.test/a/app:1");

    browser.get("about:blank");
    browser.get(page + "#image=" + SharedDigest.CHILD);
    assertThat(text("main .chain")).contains(SharedDigest.BASE).doesNotContain("a/app");
    browser.get("about:blank");
    browser.get(page + "#bases");
    assertThat(
            browser
                .findElement(
                    By.xpath("//li[div//a[@title='" + SharedDigest.BASE + "'] and details]"))
                .getText())
        .contains("base of 1 image");

    browser.get("about:blank");
    browser.get(page + "#image=" + run.images().getFirst().digest());
    assertThat(text("main h1")).isEqualTo("4 images have this digest");
    browser.get("about:blank");
    browser.get(page + "#overview");
    assertThat(console()).isEmpty();
  }

  /** Where the page tells the two known values of a fact apart, it tells the unknown from both. */
  @Test
  void factThatIsNotKnownReadsNeitherAsAYesNorAsANo() {
    JsonNode known = NullableFacts.document();
    List<JudgedImage> images = new ArrayList<>();
    for (Fact fact : NullableFacts.decisive()) {
      images.add(named("yes/" + fact.path(), fact.known(known).getFirst()));
      images.add(named("no/" + fact.path(), fact.known(known).getLast()));
      images.add(named("unknown/" + fact.path(), fact.unknown(known)));
    }
    Path unknown = directory.resolve("unknown");
    new Reports().write(ReportInput.of(SampleRun.of(images)), unknown, List.of("html"));
    browser.get(unknown.resolve("index.html").toUri().toString());
    for (Fact fact : NullableFacts.decisive()) {
      String yes = told("yes/" + fact.path());
      String no = told("no/" + fact.path());
      if (!yes.equals(no)) {
        assertThat(told("unknown/" + fact.path())).as(fact.path()).isNotIn(yes, no);
      }
    }
    assertThat(told("unknown/layers.*.inBase"))
        .contains("from its base or added by this image: not known");
    assertThat(console()).isEmpty();
  }

  private static JudgedImage named(String repository, JsonNode facts) {
    return new JudgedImage(
        "registry.test",
        repository,
        List.of(),
        "registry.test/" + repository,
        "sha256:" + "a".repeat(64),
        "linux/amd64",
        Verdict.COMPLIANT,
        facts,
        List.of());
  }

  /** The whole text of an image's page, without its name. */
  private static String told(String repository) {
    return String.valueOf(
            browser.executeScript(
                "location.hash = '#image=' + encodeURIComponent('registry.test/' + arguments[0]);"
                    + " dispatchEvent(new Event('hashchange'));"
                    + " return document.querySelector('main').textContent",
                repository))
        .replace(repository, "");
  }

  private static JudgedImage withParent(SampleRun run) {
    return run.images().stream()
        .filter(image -> image.facts().path("base").path("lineage").size() > 0)
        .findFirst()
        .orElseThrow();
  }

  private static void openOther(String name, RunResults run, String view) {
    Path other = directory.resolve(name);
    new Reports().write(ReportInput.of(run), other, List.of("html"));
    browser.get(other.resolve("index.html").toUri() + "#" + view);
  }

  @Test
  void detailsOnAnotherPageAreALinkAway() {
    Path large = directory.resolve("large");
    new Reports(List.of(new HtmlReportWriter(new PageLimits(100, 4, 2_000, 12, 600))))
        .write(ReportInput.of(RUN), large, List.of("html"));
    browser.get(large.resolve("index.html").toUri() + "#images");
    JudgedImage far =
        RUN.images().stream()
            .filter(image -> image.verdict() == Verdict.COMPLIANT)
            .findFirst()
            .orElseThrow();
    browser.get(large.resolve("index.html").toUri() + "#image=" + far.digest());
    browser.findElement(By.id("elsewhere")).click();
    assertThat(browser.getCurrentUrl()).contains("/large/images/").contains(far.digest());
    assertThat(text("main")).contains(far.digest()).contains("Configuration");
    assertThat(browser.findElements(By.id("elsewhere"))).isEmpty();
    browser.findElement(By.linkText("Overview")).click();
    assertThat(browser.getCurrentUrl()).contains("/large/index.html#overview");
    assertThat(console()).isEmpty();
  }

  @Test
  void aThousandImagesAreDrawnInASecond() {
    Path many = directory.resolve("many");
    new Reports().write(ReportInput.of(SampleRun.of(1_000)), many, List.of("html"));
    browser.get(many.resolve("index.html").toUri() + "#overview");
    for (String view : List.of("images", "bases", "rules", "coverage", "overview")) {
      Object millis =
          browser.executeScript(
              "const start = performance.now(); location.hash = arguments[0];"
                  + " dispatchEvent(new Event('hashchange')); document.body.offsetHeight;"
                  + " return performance.now() - start",
              "#" + view);
      assertThat(((Number) millis).doubleValue()).as(view).isLessThan(2_000);
    }
    assertThat(console()).isEmpty();
  }

  @Test
  void axeFindsNothingSeriousInAnyViewInEitherTheme() throws IOException {
    String axe;
    try (InputStream in = HtmlReportIT.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    List<String> views = new ArrayList<>(VIEWS);
    views.add("image=localhost:5001/legacy/monolith:2019.11");
    for (String theme : List.of("light", "dark")) {
      for (String view : views) {
        open(view);
        browser.executeScript("document.documentElement.dataset.theme = arguments[0]", theme);
        browser.executeScript("document.querySelectorAll('details').forEach(d => d.open = true)");
        browser.executeScript(axe);
        Object found =
            browser.executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                    + "axe.run(arguments[0]).then(r => done(r.violations"
                    + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                    + ".map(v => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html))"
                    + "), e => done(['' + e]))",
                // The theme changes colours and nothing else.
                theme.equals("light") ? Map.of() : Map.of("runOnly", List.of("color-contrast")));
        assertThat(found).as(view + ", " + theme).isEqualTo(List.of());
      }
    }
  }

  @Test
  void theOverviewSaysWhatChangedAndHowTheRunsWent() {
    ReportInput input = SampleReport.withPast(RUN);
    Comparison since = SampleReport.since(RUN);
    open("overview");
    assertThat(text(".changes"))
        .contains("New\n" + since.count(FindingChange.NEW))
        .contains("Unchanged\n" + since.count(FindingChange.UNCHANGED));
    assertThat(browser.findElements(By.cssSelector(".trend:not(.known) .column")))
        .hasSize(input.history().size());
    openOther("first", RUN, "overview");
    assertThat(browser.findElements(By.cssSelector(".changes, .trend"))).isEmpty();
  }

  @Test
  void ticketsSayWhatBecameOfThemAndWhereTheyAre() {
    ReportedTickets tickets = SampleReport.tickets(RUN);
    open("tickets");
    assertThat(browser.findElements(By.cssSelector("main tbody tr")))
        .hasSize(tickets.tickets().size() + tickets.unreadable().size());
    assertThat(text("main")).contains("Unreadable (1)").contains("no front matter <b>at all</b>");
    ReportedTicket written =
        tickets.tickets().stream().filter(one -> one.location() != null).findFirst().orElseThrow();
    WebElement row =
        browser.findElements(By.cssSelector("main tbody tr")).stream()
            .filter(one -> one.getText().contains(written.repository()))
            .findFirst()
            .orElseThrow();
    assertThat(row.getText()).contains("what <b>became</b> of it");
    assertThat(row.findElement(By.cssSelector("td:last-child a")).getDomProperty("href"))
        .isEqualTo(
            directory
                .resolve(String.valueOf(written.location()))
                .toUri()
                .toString()
                .replace("&", "%26"));
  }

  @Test
  void ticketsThatCouldNotBeReadAreNotCalledNone() {
    Path other = directory.resolve("no-tickets");
    ReportedTickets failed = ReportedTickets.failed(false, "read tickets in <b>there</b>: denied");
    new Reports().write(ReportInput.of(RUN).with(failed), other, List.of("html"));
    browser.get(other.resolve("index.html").toUri() + "#tickets");
    assertThat(text("main"))
        .contains("read tickets in <b>there</b>: denied")
        .doesNotContain("No tickets are kept");
  }

  @Test
  void anImageTellsWhatTheRunsBeforeSaidOfItsName() {
    JudgedImage image = RUN.images().getFirst();
    open("image=" + image.digest());
    WebElement row =
        browser.findElement(
            By.xpath("//section[h2='History']//tbody/tr[contains(., 'sha256:000000')]"));
    assertThat(row.getText()).contains("2026-11-20", "fails");
    assertThat(browser.findElement(By.xpath("//section[h2='History']//tbody/tr[1]")).getText())
        .contains("this run", "+1.00 MB", "new build");
  }

  @Test
  void smallerRelativesOfABaseStandBesideItWithWhatWasMeasured() {
    open("bases");
    List<String> rows =
        browser.findElements(By.xpath("//section[h2='Smaller relatives']//tbody/tr")).stream()
            .map(WebElement::getText)
            .toList();
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0)).contains("80.0 MB, which 4 images are built on");
    assertThat(rows.get(1)).contains("the base", "80.0 MB", "120", "7", "3", "60");
    assertThat(rows.get(2))
        .contains("base/slim:12", "debian, java", "20.0 MB", "60.0 MB", "123", "≥ 1")
        .contains("without apt, bash, curl; with busybox");
    assertThat(rows.get(3)).contains("base/<b>tiny</b>:12", "78.0 MB", "– – –", "not measured");
    assertThat(text("main"))
        .contains("compare what is fixable", "npm: no feed", "matched with other feeds, or never");
  }

  @Test
  void waiversThatAnswerForNothingAreListed() {
    open("coverage");
    assertThat(browser.findElement(By.id("main")).getText())
        .contains("Waivers that have expired (1)", "Waivers that matched nothing (1)", "gone/**")
        .contains("Until <b>then</b>.");
  }

  @Test
  void newFindingsAreMarkedOnTheImage() {
    Comparison since = SampleReport.since(RUN);
    JudgedImage image =
        RUN.images().stream().filter(one -> newOn(one, since) > 0).findFirst().orElseThrow();
    open(address(image));
    assertThat(browser.findElements(By.cssSelector(".finding .tag.new")))
        .hasSize((int) newOn(image, since));
  }

  private static long newOn(JudgedImage image, Comparison since) {
    return image.outcomes().stream()
        .filter(outcome -> since.of(outcome).orElse(null) == FindingChange.NEW)
        .count();
  }

  /** Texts whose contrast is under 4.5, the limit of WCAG 2.2, criterion 1.4.3. */
  private static final String TOO_FAINT =
      """
      const channel = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
      const parse = text => text.match(/[\\d.]+/g).map(Number);
      const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
      const ground = node => {
        for (; node; node = node.parentElement) {
          const color = parse(getComputedStyle(node).backgroundColor);
          if (color.length < 4 || color[3] === 1) return color;
        }
        return [255, 255, 255];
      };
      return [...document.querySelectorAll('body *')].filter(node =>
        node.checkVisibility() && [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim()))
        .filter(node => {
          const a = luminance(parse(getComputedStyle(node).color));
          const b = luminance(ground(node));
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
        }).map(node => node.outerHTML.slice(0, 120));
      """;

  private static Object background() {
    return browser.executeScript("return getComputedStyle(document.body).backgroundColor");
  }

  private static void open(String view) {
    browser.get("about:blank");
    browser.get(directory.resolve("index.html").toUri() + "#" + view);
  }

  private static String address(JudgedImage image) {
    boolean alone =
        RUN.images().stream().filter(i -> i.reference().equals(image.reference())).count() == 1;
    return "image="
        + URLEncoder.encode(
            alone ? image.reference() : image.reference() + " " + image.platform(),
            StandardCharsets.UTF_8);
  }

  private static void sortBy(String column) {
    browser.findElement(By.cssSelector("th[data-sort=" + column + "] button")).click();
  }

  private static String text(String selector) {
    return browser.findElement(By.cssSelector(selector)).getText();
  }

  /** The images of the table in its order, by digest; the page links them by reference. */
  private static List<String> shownDigests() {
    return browser.findElements(By.cssSelector("table.images tbody tr")).stream()
        .map(row -> {
          String reference = row.findElement(By.cssSelector("a.ref")).getDomAttribute("title");
          return RUN.images().stream()
              .filter(image ->
                  image.reference().equals(reference) && row.getText().contains(image.platform()))
              .findFirst()
              .orElseThrow()
              .digest();
        })
        .toList();
  }

  private static List<String> digests(Stream<JudgedImage> images) {
    return images.map(JudgedImage::digest).toList();
  }

  private static List<String> console() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  private static Optional<Path> onPath(String... names) {
    return Stream.of(names)
        .flatMap(name ->
            Arrays.stream(
                    Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
