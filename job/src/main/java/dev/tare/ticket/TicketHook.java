package dev.tare.ticket;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.http.Webhook;
import dev.tare.http.WebhookSecrets;
import dev.tare.stop.StopSignal;
import java.net.URI;
import java.util.Locale;

/**
 * An address that is told of tickets.
 *
 * @param address without a query: what is secret has its own place
 * @param secrets that sign what it is told
 * @param http how it is reached
 * @param stop cuts off requests
 */
public record TicketHook(URI address, WebhookSecrets secrets, HttpOptions http, StopSignal stop) {
  private static final String HINT =
      "For example --tickets-project https://hooks.example.com/tare.";

  /**
   * The hook at an address.
   *
   * @param secrets one or more, the newest first
   * @throws TareException USAGE where it is none, or a secret is none
   */
  public static TicketHook of(String address, String secrets, HttpOptions http, StopSignal stop) {
    URI given = Webhook.address(address, "the address of the tickets' webhook", HINT);
    if (given.getRawQuery() != null) {
      throw new TareException(
          FailureKind.USAGE,
          "the address of the tickets' webhook cannot be used: expected nothing behind the path",
          HINT);
    }
    return new TicketHook(plain(given), WebhookSecrets.parse(secrets), http, stop);
  }

  /** What was told to an address is known by it, in whatever case its host is written. */
  private static URI plain(URI given) {
    return URI.create(
        (given.getScheme() + "://" + given.getRawAuthority()).toLowerCase(Locale.ROOT)
            + (given.getRawPath().isEmpty() ? "/" : given.getRawPath()));
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
