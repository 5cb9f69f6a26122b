package dev.tare.report;

import dev.tare.finding.Comparison;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.ImageSummary;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PastRun;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the reports of a large run that is made up while it is read, as from a store, and says
 * what it took: {@code ReportBench DIRECTORY IMAGES OUTCOMES [FORMAT...]}. Run it with the memory
 * that the launcher gives: {@code -Xmx192m}.
 */
final class ReportBench {
  /** As many as a trend shows, and of how many of them single images are told. */
  private static final int RUNS = 30;

  private static final int IMAGE_RUNS = 5;

  private ReportBench() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    RunResults results = new Large(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    List<String> formats =
        args.length > 3 ? List.of(args).subList(3, args.length) : new Reports().formats();
    long start = System.nanoTime();
    ReportInput input = withPast(results);
    System.out.printf("what was before: %.1f s%n", (System.nanoTime() - start) / 1e9);
    new Reports().write(input, directory, formats);
    System.out.printf("%s: %.1f s%n", formats, (System.nanoTime() - start) / 1e9);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        System.out.printf("%12d %s%n", Files.size(file), file.getFileName());
      }
    }
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(cpu -> System.out.printf("processor: %.1f s%n", cpu.toMillis() / 1e3));
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      try (Stream<String> lines = Files.lines(status)) {
        lines.filter(line -> line.startsWith("VmHWM")).forEach(System.out::println);
      }
    }
  }

  /**
   * What a store gives beside the results, as Tare asks for it: earlier runs in numbers, the images
   * of the last of them, and what the very last found.
   */
  private static ReportInput withPast(RunResults results) {
    List<PastRun> runs = new ArrayList<>();
    List<ImageSummary> images = new ArrayList<>();
    for (int ago = RUNS - 1; ago >= 0; ago--) {
      Instant startedAt = results.run().startedAt().minus(Duration.ofDays(ago));
      String id = ago == 0 ? results.run().id() : "run-" + ago;
      runs.add(new PastRun(id, startedAt, results.summary()));
    }
    results.forEachVerdict(image -> {
      for (int ago = 0; ago < IMAGE_RUNS; ago++) {
        images.add(
            new ImageSummary(
                runs.get(RUNS - 2 - ago).id(),
                image.registry(),
                image.reference(),
                image.platform(),
                "sha256:" + String.format("%064x", image.digest().hashCode() + (long) ago / 3),
                Verdict.FAILING,
                100_000_000L + ago,
                Map.of(Severity.HIGH, 3, Severity.LOW, ago)));
      }
    });
    return new ReportInput(
        results, Comparison.of(results, results), runs, new ImageHistory(() -> images), null);
  }

  /** Images like those of the sample run, under other names, with more outcomes. */
  private static final class Large implements RunResults {
    private final int images;
    private final int outcomes;
    private final SampleRun models = SampleRun.of(200);
    private final List<byte[]> facts = new ArrayList<>();
    private final List<RuleDoc> rules = new ArrayList<>();

    Large(int images, int outcomes) {
      this.images = images;
      this.outcomes = outcomes;
      for (JudgedImage model : models.images()) {
        facts.add(model.facts().toString().getBytes(StandardCharsets.UTF_8));
      }
      List<RuleDoc> own = models.rules();
      for (int i = 0; i < outcomes; i++) {
        RuleDoc rule = own.get(i % own.size());
        rules.add(
            new RuleDoc(
                id(rule.id(), i / own.size()),
                rule.title(),
                rule.description(),
                rule.severity(),
                rule.theme(),
                rule.action(),
                rule.rationale(),
                rule.remediation(),
                rule.relatedResources(),
                rule.controls(),
                rule.since()));
      }
    }

    private static String id(String rule, int round) {
      return round == 0 ? rule : rule + "-" + round;
    }

    @Override
    public RunInfo run() {
      return models.run();
    }

    @Override
    public RunSummary summary() {
      Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
      return new RunSummary(
          images / 4, images, 0, images, 0, 0, 0, images * 2, 0, 0, findings, null, null);
    }

    @Override
    public void forEachImage(Consumer<JudgedImage> consumer) {
      JsonMapper mapper = JsonMapper.builder().build();
      for (int i = 0; i < images; i++) {
        JudgedImage model = models.images().get(i % models.images().size());
        String repository = model.repository() + "-" + i / 4;
        JsonNode read = mapper.readTree(facts.get(i % facts.size()));
        consumer.accept(image(model, repository, i, read));
      }
    }

    @Override
    public void forEachVerdict(Consumer<JudgedImage> consumer) {
      for (int i = 0; i < images; i++) {
        JudgedImage model = models.images().get(i % models.images().size());
        consumer.accept(image(model, model.repository() + "-" + i / 4, i, model.facts()));
      }
    }

    private JudgedImage image(JudgedImage model, String repository, int number, JsonNode read) {
      List<Outcome> all = new ArrayList<>();
      for (int i = 0; i < outcomes; i++) {
        Outcome one = model.outcomes().get(i % model.outcomes().size());
        int round = i / model.outcomes().size();
        // A third of them fails, as the model's own do; the rest passes.
        all.add(
            new Outcome(
                id(one.rule(), round),
                one.kind() == OutcomeKind.FAIL && round > 1 ? OutcomeKind.PASS : one.kind(),
                one.severity(),
                one.message(),
                one.evidence(),
                String.format("%032x", (long) number * 1000 + i),
                one.waiver()));
      }
      return new JudgedImage(
          model.registry(),
          repository,
          List.of("1." + number),
          model.registry() + "/" + repository + ":1." + number,
          "sha256:" + String.format("%064x", number),
          model.platform(),
          Verdict.of(all),
          read,
          all);
    }

    @Override
    public List<NotInspected> notInspected() {
      return List.of();
    }

    @Override
    public List<RuleDoc> rules() {
      return rules;
    }
  }
}
