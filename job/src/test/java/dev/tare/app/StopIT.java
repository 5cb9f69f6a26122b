package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A scan of a registry that is too slow, a signal, and the same command again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StopIT {
  /** What was started in the background ignores SIGINT, under nohup SIGHUP: SIGTERM comes last. */
  private static final List<List<String>> SIGNALS =
      List.of(List.of("TERM"), List.of("INT", "TERM"), List.of("HUP", "TERM", "TERM"));

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** How long an undisturbed scan takes at most, of which a sweep chooses moments. */
  private static final int MOMENTS_MILLIS = 8_000;

  private final SlowRegistry slow = new SlowRegistry();
  private LoopbackRegistry registry;
  private WrittenReport undisturbed;

  @BeforeAll
  void scanUndisturbed(@TempDir Path directory) throws IOException {
    registry = LoopbackRegistry.filtered(List.of(slow));
    SampleImages.of(registry.host(), InstantSource.system()).push();
    CommandLineRun.of(scan(directory).toArray(String[]::new));
    undisturbed = WrittenReport.in(directory.resolve("out"));
  }

  @AfterEach
  void hurry() {
    slow.be(Slowness.NONE);
  }

  @AfterAll
  void close() {
    registry.close();
  }

  @Test
  void layerThatStopsArrivingIsCutOff(@TempDir Path directory) throws Exception {
    slow.be(Slowness.BODY_STALLS);
    TareProcess scan = start(directory);
    slow.awaitMet();
    CommandLineRun stopped = scan.stop("INT", "INT", "TERM");
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(130);
    assertThat(stopped.err())
        .contains("was interrupted; the same command resumes it")
        .hasLineCount(1);
    assertGoesOn(directory);
  }

  @Test
  void waitThatTheRegistryAskedForIsCutShort(@TempDir Path directory) throws Exception {
    slow.be(Slowness.ASKS_TO_WAIT);
    TareProcess scan = start(directory);
    slow.awaitMet();
    CommandLineRun stopped = scan.stop("HUP", "TERM");
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(130);
    assertGoesOn(directory);
  }

  @Test
  void scanThatIsOnlyStartingEnds(@TempDir Path directory) throws Exception {
    TareProcess scan = start(directory);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (Files.notExists(directory.resolve("state")) && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    CommandLineRun stopped = scan.stop("TERM");
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(130);
    assertThat(stopped.err()).contains("interrupted").doesNotContain("\tat ");
    assertGoesOn(directory);
  }

  @Tag("proof")
  @RepeatedTest(48)
  void anyMomentIsGoodEnough(RepetitionInfo repetition, @TempDir Path directory) throws Exception {
    int number = repetition.getCurrentRepetition();
    Random chance = new Random(number);
    slow.be(Slowness.values()[number % Slowness.values().length]);
    String[] signals = SIGNALS.get(number % SIGNALS.size()).toArray(String[]::new);
    TareProcess scan = start(directory);
    for (int stops = 1 + chance.nextInt(2); stops > 0; stops--) {
      // Before main has begun, Java itself answers signals, with the system's status.
      boolean over =
          scan.process().waitFor(1_500 + chance.nextInt(MOMENTS_MILLIS), TimeUnit.MILLISECONDS);
      CommandLineRun stopped = over ? scan.end() : scan.stop(signals);
      assertThat(stopped.err()).doesNotContain("\tat ");
      // A run that has finished may be in the middle of its last words.
      boolean finished = over || hasFinished(directory);
      List<Integer> allowed = over ? List.of(1) : finished ? List.of(1, 130) : List.of(130);
      assertThat(stopped.status()).as(stopped.err()).isIn(allowed);
      if (finished) { // Another scan would be the next one, and compare itself with this one.
        assertUndisturbed(directory);
        return;
      }
      if (stops > 1) {
        scan = start(directory);
      }
    }
    assertGoesOn(directory);
  }

  private static boolean hasFinished(Path directory) {
    String state = directory.resolve("state").toString();
    String runs = CommandLineRun.of("runs", "--state", state, "--format", "json").out();
    return JsonMapper.shared().readTree(runs).path(0).path("finished").asBoolean(false);
  }

  private void assertGoesOn(Path directory) {
    slow.be(Slowness.NONE);
    CommandLineRun again = CommandLineRun.of(scan(directory).toArray(String[]::new));
    assertThat(again.status()).as(again.err()).isEqualTo(1);
    assertUndisturbed(directory);
  }

  private void assertUndisturbed(Path directory) {
    assertThat(WrittenReport.in(directory.resolve("out")).withoutTimes())
        .isEqualTo(undisturbed.withoutTimes());
  }

  private List<String> scan(Path directory) {
    return List.of(
        "scan",
        registry.host(),
        "--state",
        directory.resolve("state").toString(),
        "-o",
        directory.resolve("out").toString(),
        "--no-progress");
  }

  private TareProcess start(Path directory) throws IOException {
    return TareProcess.start(directory, "stopped", Map.of(), scan(directory));
  }

  private enum Slowness {
    NONE,
    ANSWER_STALLS,
    BODY_STALLS,
    BODY_TRICKLES,
    ASKS_TO_WAIT
  }

  /** Delays the answers to requests for blobs until it is told to be fast again. */
  private static final class SlowRegistry extends Filter {
    private volatile Slowness slowness = Slowness.NONE;
    private volatile CountDownLatch over = new CountDownLatch(0);
    private volatile CountDownLatch met = new CountDownLatch(1);

    void be(Slowness wanted) {
      over.countDown();
      over = new CountDownLatch(1);
      met = new CountDownLatch(1);
      slowness = wanted;
    }

    void awaitMet() throws InterruptedException {
      assertThat(met.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      // What was met is on its way to the other side.
      Thread.sleep(300);
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      if (exchange.getRequestMethod().equals("GET")
          && exchange.getRequestURI().getPath().contains("/blobs/")) {
        delay(exchange);
      }
      if (exchange.getResponseCode() < 0) {
        chain.doFilter(exchange);
      }
    }

    private void delay(HttpExchange exchange) throws IOException {
      CountDownLatch end = over;
      switch (slowness) {
        case NONE -> {}
        case ANSWER_STALLS -> {
          met.countDown();
          await(end, PATIENCE);
        }
        case BODY_STALLS ->
            exchange.setStreams(null, new Slow(exchange.getResponseBody(), end, PATIENCE));
        case BODY_TRICKLES ->
            exchange.setStreams(
                null, new Slow(exchange.getResponseBody(), end, Duration.ofMillis(200)));
        case ASKS_TO_WAIT -> {
          met.countDown();
          exchange.getResponseHeaders().set("Retry-After", "50");
          exchange.sendResponseHeaders(429, -1);
          exchange.close();
        }
      }
    }

    private static void await(CountDownLatch end, Duration longest) throws IOException {
      try {
        boolean unused = end.await(longest.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("the registry is closed", e);
      }
    }

    @Override
    public String description() {
      return "slowness";
    }

    /** Waits before each byte of a body, the first one excepted. */
    private final class Slow extends FilterOutputStream {
      private final CountDownLatch end;
      private final Duration wait;

      Slow(OutputStream out, CountDownLatch end, Duration wait) {
        super(out);
        this.end = end;
        this.wait = wait;
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
          if (end.getCount() == 0) {
            out.write(bytes, i, offset + length - i);
            return;
          }
          out.write(bytes, i, 1);
          out.flush();
          met.countDown();
          await(end, wait);
        }
      }
    }
  }
}
