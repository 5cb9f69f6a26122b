package dev.tare.ticket;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.TagLine;
import java.util.Comparator;

/**
 * What a ticket is about; there is one ticket for a key. Free of tag, digest and platform.
 *
 * @param registry {@code localhost:5000}
 * @param repository {@code team/app}
 */
public record TicketKey(String registry, String repository, TagLine line)
    implements Comparable<TicketKey> {
  private static final Comparator<TicketKey> ORDER =
      Comparator.comparing(TicketKey::registry)
          .thenComparing(TicketKey::repository)
          .thenComparing(TicketKey::line);

  /** The key that an image belongs to. */
  public static TicketKey of(JudgedImage image) {
    return new TicketKey(image.registry(), image.repository(), TagLine.of(image.tags()));
  }

  /** Registry and repository: {@code localhost:5000/team/app}. */
  public String name() {
    return registry + "/" + repository;
  }

  /** 16 hexadecimal digits that stand for it: in names of files, in labels. */
  public String mark() {
    return Sha256.of(toString()).substring(0, 16);
  }

  @Override
  public int compareTo(TicketKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code localhost:5000/team/app:v*}, or {@code localhost:5000/team/app@untagged}. */
  @Override
  public String toString() {
    return name() + (line.tagged() ? ":" : "@") + line.text();
  }
}
