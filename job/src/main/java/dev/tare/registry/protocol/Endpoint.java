package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.registry.wire.Request;
import java.io.IOException;

/** A request whose answer is read at once. */
interface Endpoint<T> extends Request {
  /**
   * Reads the answer to a successful request; the caller closes it. An IOException means that the
   * connection failed, and that the request may be sent again.
   */
  T handle(HttpAnswer response) throws IOException;
}
