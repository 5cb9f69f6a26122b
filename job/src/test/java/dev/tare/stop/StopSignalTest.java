package dev.tare.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StopSignalTest {
  private final StopSignal stop = new StopSignal();
  private final AtomicInteger cuts = new AtomicInteger();

  @Test
  void whatIsRegisteredIsCutOffOnceHoweverOftenTheSignalIsRaised() {
    stop.onRaise(cuts::incrementAndGet);
    stop.check();
    stop.raise();
    stop.raise();
    assertThat(cuts).hasValue(1);
    assertThatThrownBy(stop::check).isInstanceOf(StoppedException.class);
  }

  @Test
  void whatIsClosedIsNotCutOff() {
    stop.onRaise(cuts::incrementAndGet).close();
    stop.raise();
    assertThat(cuts).hasValue(0);
  }

  @Test
  void whatComesAfterTheSignalIsCutOffAtOnce() {
    stop.raise();
    stop.onRaise(cuts::incrementAndGet);
    assertThat(cuts).hasValue(1);
  }

  @Test
  @Timeout(20)
  void whoSleepsIsWoken() throws InterruptedException {
    stop.sleep(Duration.ofMillis(1));
    Thread.ofPlatform().start(stop::raise);
    assertThatThrownBy(() -> stop.sleep(Duration.ofMinutes(1)))
        .isInstanceOf(StoppedException.class);
  }
}
