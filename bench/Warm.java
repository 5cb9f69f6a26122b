import dev.tare.demo.LoopbackRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What bench/warm runs: a number of images, a number of rounds, and whether Trivy scans them too. */
final class Warm {
  /** Trivy is asked for each image by itself: for more it would take the bench's whole time. */
  private static final int MOST_FOR_TRIVY = 16;

  private static final Pattern MINUTES = Pattern.compile("(\\d+)m([\\d.,]+)s");

  private final Path work;

  private Warm(Path work) {
    this.work = work;
  }

  /** Seconds. */
  private record Cost(double wall, double cpu) {
    @Override
    public String toString() {
      return "%7.1f s wall %7.1f s CPU".formatted(wall, cpu);
    }
  }

  public static void main(String[] arguments) throws Exception {
    int images = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    boolean trivy = arguments[2].equals("trivy");
    Path work = Files.createTempDirectory("tare-bench-warm");
    try (LoopbackRegistry loopback = LoopbackRegistry.inMemory()) {
      SmallImages bench = new SmallImages(loopback.host());
      bench.push(images);
      Warm warm = new Warm(work);
      for (int round = 1; round <= rounds; round++) {
        Path state = work.resolve("state-" + round);
        ProcessBuilder scan = bench.scan(state, work.resolve("report"));
        Cost first = warm.run(scan.command());
        long size = size(state);
        Cost second = warm.run(scan.command());
        System.out.printf(
            Locale.ROOT,
            "round %d, %d images: cold %s, warm %s, ratio %.2f (goal: 0.20 of 2,000); state %d kB, then %d kB%n",
            round,
            images,
            first,
            second,
            second.wall() / first.wall(),
            size >> 10,
            size(state) >> 10);
        if (trivy) {
          warm.compare(bench, images);
        }
      }
    } finally {
      try (Stream<Path> files = Files.walk(work)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    System.exit(0);
  }

  /** As many as Trivy is asked for, by either, the second time. */
  private void compare(SmallImages bench, int images) throws Exception {
    List<String> names = bench.names(Math.min(images, MOST_FOR_TRIVY));
    List<String> scan = bench.scan(work.resolve("few"), work.resolve("report")).command();
    List<String> few = new ArrayList<>(scan);
    int registry = few.indexOf("scan") + 1;
    few.remove(registry);
    few.addAll(registry, names);
    run(few);
    Cost tare = run(few);
    trivy(names);
    Cost trivy = trivy(names);
    System.out.printf(
        Locale.ROOT,
        "%d images warm: tare %s, trivy %s, ratio %.2f (goal: 0.70)%n",
        names.size(),
        tare,
        trivy,
        tare.wall() / trivy.wall());
  }

  private Cost trivy(List<String> names) throws Exception {
    double wall = 0;
    double cpu = 0;
    for (String name : names) {
      Cost one =
          run(
              List.of(
                  "trivy", "image", "--image-src", "remote", "--insecure", "--quiet", "--format", "json", "--cache-dir",
                  work.resolve("trivy").toString(), name));
      wall += one.wall();
      cpu += one.cpu();
    }
    return new Cost(wall, cpu);
  }

  /** The shell says what its children took. */
  private Cost run(List<String> command) throws Exception {
    Path output = work.resolve("out");
    Path times = work.resolve("times");
    List<String> timed =
        new ArrayList<>(List.of("sh", "-c", "times=$1; shift; \"$@\"; s=$?; times > \"$times\"; exit $s", "sh", times.toString()));
    timed.addAll(command);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(timed).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(output));
    }
    double wall = (System.nanoTime() - start) / 1e9;
    String children = Files.readAllLines(times).get(1);
    double cpu = 0;
    Matcher parts = MINUTES.matcher(children);
    for (MatchResult part : parts.results().toList()) {
      cpu +=
          60 * Integer.parseInt(part.group(1))
              + Double.parseDouble(part.group(2).replace(',', '.'));
    }
    return new Cost(wall, cpu);
  }

  private static long size(Path state) throws Exception {
    return Files.size(state.resolve("tare.mv.db"));
  }
}
