package dev.tare.cli.option;

import dev.tare.cli.SessionOptions;
import java.util.Map;

/** Options that say how to open a session. */
interface SessionChoice {
  /** What they say, with this environment for what they leave open. */
  SessionOptions resolve(Map<String, String> environment);
}
