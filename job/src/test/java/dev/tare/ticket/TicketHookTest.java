package dev.tare.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import dev.tare.testing.WebhookReceiver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketHookTest {
  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.com, https://hooks.example.com/",
    "https://Hooks.Example.com/, https://hooks.example.com/",
    "https://hooks.example.com:8443/Team/A, https://hooks.example.com:8443/Team/A",
    "https://hooks.example.com/team/, https://hooks.example.com/team/"
  })
  void sameAddressIsTheSamePlaceHoweverItsHostIsWritten(String written, String place) {
    TicketHook hook =
        TicketHook.of(written, WebhookReceiver.SECRET, HttpOptions.defaults(), new StopSignal());
    assertThat(hook).hasToString(place);
  }
}
