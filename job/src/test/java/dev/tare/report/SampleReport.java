package dev.tare.report;

import dev.tare.finding.Comparison;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.ImageSummary;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.MatchedVulnerabilities;
import dev.tare.finding.PastRun;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.ReportedTicket;
import dev.tare.finding.ReportedTicket.Change;
import dev.tare.finding.ReportedTicket.State;
import dev.tare.finding.ReportedTickets;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.finding.SmallerBase;
import dev.tare.finding.Verdict;
import dev.tare.testing.SampleRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sample reports into a directory, to look at: {@code SampleReport DIRECTORY [IMAGES
 * [FORMAT...]]}.
 */
public final class SampleReport {
  private SampleReport() {}

  /** Runs. */
  public static void main(String[] args) {
    Reports reports = new Reports();
    SampleRun run = args.length > 1 ? SampleRun.of(Integer.parseInt(args[1])) : SampleRun.small();
    reports.write(
        withPast(run),
        Path.of(args[0]),
        args.length > 2 ? List.of(args).subList(2, args.length) : reports.formats());
  }

  /** A run after a dozen others, the last of which knew nothing of a part of the images. */
  public static ReportInput withPast(SampleRun run) {
    List<PastRun> history = new ArrayList<>();
    RunSummary now = run.summary();
    for (int ago = 11; ago >= 0; ago--) {
      int failing = Math.min(now.images() - now.compliant(), now.failing() + ago / 3);
      history.add(
          new PastRun(
              "run-" + ago,
              run.run().startedAt().minus(Duration.ofDays(ago)),
              new RunSummary(
                  now.repositories(),
                  now.images(),
                  now.images() - failing - now.unknown(),
                  failing,
                  now.unknown(),
                  now.notInspected(),
                  now.attached(),
                  now.layersUnique(),
                  now.layersFetched(),
                  now.bytesFetched(),
                  now.findings(),
                  now.vulnerabilities(),
                  now.score())));
    }
    return new ReportInput(run, since(run), history, images(run), tickets(run)).on(bases(run));
  }

  /** The first image is a base, beside one that was measured and one that hardly was. */
  static List<ReportedBase> bases(SampleRun run) {
    if (run.images().isEmpty()) {
      return List.of();
    }
    JudgedImage base = run.images().getFirst();
    return List.of(
        new ReportedBase(
            base.reference(),
            base.digest(),
            base.platform(),
            4,
            80_000_000,
            120,
            60,
            new MatchedVulnerabilities(
                true, Map.of("critical", 2, "high", 5), Map.of("high", 3), true, List.of()),
            List.of(
                smaller(
                    "slim",
                    20_000_000,
                    -3,
                    new TreeSet<>(Set.of("apt", "bash", "curl")),
                    Set.of("busybox")),
                smaller("<b>tiny</b>", 2_000_000, null, null, null))));
  }

  private static SmallerBase smaller(
      String name,
      long sizeBytes,
      @Nullable Integer packagesLess,
      @Nullable Set<String> toolsGone,
      @Nullable Set<String> toolsNew) {
    return new SmallerBase(
        "registry.example.com/base/" + name + ":12",
        "sha256:" + "1".repeat(64),
        "linux/amd64",
        "debian",
        true,
        Set.of("java"),
        sizeBytes,
        80_000_000 - sizeBytes,
        packagesLess,
        toolsGone,
        toolsNew,
        packagesLess == null
            ? null
            : new MatchedVulnerabilities(
                true, Map.of("high", 1), Map.of("high", 1), false, List.of("npm: no feed")));
  }

  /** Yesterday each image was another build, a megabyte smaller, and failed. */
  static ImageHistory images(SampleRun run) {
    return new ImageHistory(() -> summaries(run));
  }

  private static List<ImageSummary> summaries(SampleRun run) {
    return run.images().stream()
        .map(image ->
            new ImageSummary(
                "run-1",
                image.registry(),
                image.reference(),
                image.platform(),
                "sha256:" + "0".repeat(64),
                Verdict.FAILING,
                image.facts().path("size").path("compressed").asLong() - 1_000_000,
                Map.of(Severity.HIGH, 2)))
        .toList();
  }

  /** One for each repository that fails, of every state and change. */
  static ReportedTickets tickets(SampleRun run) {
    Map<String, List<JudgedImage>> failing = new TreeMap<>();
    for (JudgedImage image : run.images()) {
      if (image.verdict() == Verdict.FAILING) {
        failing.computeIfAbsent(image.repository(), any -> new ArrayList<>()).add(image);
      }
    }
    List<ReportedTicket> tickets = new ArrayList<>();
    Instant end = run.run().finishedAt();
    List<Change> changes = List.copyOf(EnumSet.allOf(Change.class));
    failing.forEach((repository, images) -> {
      Change change = changes.get(tickets.size() % changes.size());
      boolean written = change != Change.DEFERRED && change != Change.FAILED;
      boolean closed = change == Change.CLOSED;
      tickets.add(
          new ReportedTicket(
              images.getFirst().registry(),
              repository,
              tickets.size() % 3 == 2 ? null : "v*",
              written ? closed ? State.CLOSED : State.OPEN : State.UNWRITTEN,
              Severity.HIGH,
              written ? 3 : 0,
              images.stream().map(JudgedImage::digest).toList(),
              written ? end.minus(Duration.ofDays(tickets.size())) : null,
              written ? end : null,
              closed ? end : null,
              written ? "tickets/" + repository.replace('/', '-') + " <&>.md" : null,
              change,
              "what <b>became</b> of it"));
    });
    return new ReportedTickets(
        false,
        tickets,
        List.of(
            new ReportedTickets.Unreadable(
                "tickets/team-app.x.0123456789abcdef.md", "no front matter <b>at all</b>")),
        null);
  }

  /** What the last of them did not know yet. */
  static Comparison since(SampleRun run) {
    return Comparison.of(run.earlier(image -> image.digest().hashCode() % 5 != 0), run);
  }
}
