package dev.tare.cli.option;

import dev.tare.cli.JobsSettings;
import java.util.Map;

/** Options that say how to open a state with its jobs. */
interface JobsChoice {
  /** What they say, with this environment for what they leave open. */
  JobsSettings resolve(Map<String, String> environment);
}
