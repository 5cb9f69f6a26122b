package dev.tare.report;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.http.Webhook;
import dev.tare.http.WebhookException;
import dev.tare.http.WebhookSecrets;
import dev.tare.report.digest.DigestFormat;
import dev.tare.report.digest.DigestText;
import dev.tare.stop.StopSignal;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One short message about a run to a place where people talk: what is new, what is fixed, what is
 * worst. Of a run in which nothing changed there is none.
 */
public final class Digest {
  private final DigestFormat format;
  private final URI address;
  private final WebhookSecrets secrets;
  private final @Nullable URI link;
  private final HttpOptions http;
  private final StopSignal stop;

  /**
   * To this address.
   *
   * @param format {@code slack}, {@code teams}, {@code mattermost}, {@code json}
   * @param address which is a secret, and appears in no message beside its host
   * @param secrets that sign the message
   * @param link to where people find the reports; null for none
   * @param http how the address is reached
   * @param stop cuts off the request
   */
  public Digest(
      String format,
      URI address,
      WebhookSecrets secrets,
      @Nullable URI link,
      HttpOptions http,
      StopSignal stop) {
    this.format = DigestFormat.ofWord(format);
    this.address = address;
    this.secrets = secrets;
    this.link = link;
    this.http = http;
    this.stop = stop;
  }

  /**
   * Sends it.
   *
   * @return whether there was something to say
   * @throws TareException ENVIRONMENT where nobody takes it
   */
  public boolean send(ReportInput input) {
    Optional<DigestText> text = DigestText.of(input, link);
    if (text.isEmpty()) {
      return false;
    }
    try (Webhook webhook = new Webhook(address, secrets, http, stop)) {
      webhook.send(
          "send digest to " + Webhook.host(address), id(text.get()), format.message(text.get()));
      return true;
    } catch (WebhookException e) {
      String own = e.hint();
      String complete = "The run is complete and its reports are written.";
      throw new TareException(
          FailureKind.ENVIRONMENT,
          String.valueOf(e.getMessage()),
          own == null ? complete : own + " " + complete,
          e);
    }
  }

  /** Where it goes, as far as it may be told. */
  @Override
  public String toString() {
    return Webhook.host(address);
  }

  /** The same for the same run. */
  private static String id(DigestText text) {
    return "msg_digest_" + text.run().replaceAll("[^A-Za-z0-9]", "_");
  }
}
