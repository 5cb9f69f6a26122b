package dev.tare.ticket;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.TagLine;
import java.util.List;

/**
 * A failing image as a ticket remembers it.
 *
 * @param tags may be empty
 * @param platform {@code linux/amd64}
 */
public record TicketImage(List<String> tags, String digest, String platform) {
  /** Copies the tags. */
  public TicketImage {
    tags = List.copyOf(tags);
  }

  static TicketImage of(JudgedImage image) {
    return new TicketImage(image.tags(), image.digest(), image.platform());
  }

  /** What people call it inside its repository: its most specific tag, else its digest. */
  public String name() {
    return tags.isEmpty() ? digest : TagLine.mostSpecific(tags);
  }
}
