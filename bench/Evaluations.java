import dev.tare.policy.PolicyEngine;
import dev.tare.policy.PolicyEngines;
import dev.tare.policy.PolicySettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What bench/evaluations runs: a facts document and a number of evaluations, in ten parts. */
final class Evaluations {
  private static final int PARTS = 10;

  private Evaluations() {}

  public static void main(String[] arguments) throws Exception {
    JsonNode facts = JsonMapper.shared().readTree(Files.readString(Path.of(arguments[0])));
    int part = Math.max(1, Integer.parseInt(arguments[1]) / PARTS);
    System.out.println("evaluations  CPU ms each  heap MB  resident MB");
    try (PolicyEngine engine = PolicyEngines.open(List.of(), PolicySettings.defaults())) {
      for (int i = 1; i <= PARTS; i++) {
        double millis = millisOf(engine, facts, part);
        System.out.printf("%11d  %11.2f  %7.1f  %s%n", i * part, millis, heapAfterCollection() / 1e6, resident());
      }
    }
  }

  private static double millisOf(PolicyEngine engine, JsonNode facts, int evaluations) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < evaluations; i++) {
      engine.evaluate(facts);
    }
    return (threads.getCurrentThreadCpuTime() - before) / 1e6 / evaluations;
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** As Linux tells it; nothing elsewhere. */
  private static String resident() throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "";
    }
    String line = Files.readAllLines(status).stream().filter(l -> l.startsWith("VmRSS:")).findFirst().orElse("");
    return String.format("%11.1f", Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6);
  }
}
