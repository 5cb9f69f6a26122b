package dev.tare.cli.page;

import dev.tare.cli.terminal.OneLine;
import dev.tare.vulnerability.FeedUpdate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of the feeds of advisories that a scan tried to bring up to date. */
final class FeedLine {
  private FeedLine() {}

  /** {@code Feeds of advisories: 3 checked, 1 changed}; nothing where all were new enough. */
  static Optional<String> of(@Nullable FeedUpdate update) {
    if (update == null || (update.kept().isEmpty() && update.problems().isEmpty())) {
      return Optional.empty();
    }
    if (update.problems().isEmpty()) {
      long changed = update.kept().stream().filter(FeedUpdate.Kept::changed).count();
      return Optional.of(
          "Feeds of advisories: " + update.kept().size() + " checked, " + changed + " changed");
    }
    return Optional.of(
        "Feeds of advisories: not all are up to date; packages were matched with what is kept\n  "
            + OneLine.of(String.join("; ", update.problems()))
            + "\n"
            + "  tare vulnerabilities update tries again; with --vulnerabilities never a scan asks"
            + " nobody");
  }
}
