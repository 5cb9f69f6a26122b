package dev.tare.ticket.tracker.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a server said.
 *
 * @param body missing where there is none, or where it is no JSON
 * @param total of a list, all pages of it; -1 where the server does not say
 * @param location where it sends its clients on to; null where it does not
 */
public record Answer(int status, JsonNode body, long total, @Nullable String location) {
  /** Whether it was done. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether it is elsewhere. */
  public boolean isRedirect() {
    return status >= 300 && status < 400;
  }

  /** Whether it is not there, or not any more. */
  public boolean isMissing() {
    return status == 404 || status == 410;
  }
}
