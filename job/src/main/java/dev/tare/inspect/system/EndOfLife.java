package dev.tare.inspect.system;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.inspect.content.ShippedConfig;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last day of support of releases of distributions, from {@code config/os-eol.yaml}. A release
 * is looked up as os-release writes it, then without its last numbers: {@code 9.3}, then {@code 9}.
 */
public final class EndOfLife {
  private final Map<String, Map<String, LocalDate>> dates;
  private final Set<String> rolling;

  private EndOfLife(Map<String, Map<String, LocalDate>> dates, Set<String> rolling) {
    this.dates = dates;
    this.rolling = rolling;
  }

  /** The shape of the file. */
  record Document(Map<String, Distribution> distributions, List<String> rolling) {}

  /** One distribution: where the dates are from, and the dates by release. */
  record Distribution(String source, Map<String, String> releases) {}

  public static EndOfLife shipped() {
    return parse("os-eol.yaml", ShippedConfig.read("os-eol.yaml"));
  }

  static EndOfLife parse(String source, byte[] yaml) {
    Document document = ShippedConfig.parse(source, yaml, Document.class);
    Map<String, Map<String, LocalDate>> dates = new HashMap<>();
    document
        .distributions()
        .forEach((id, distribution) -> {
          Map<String, LocalDate> releases = new HashMap<>();
          distribution
              .releases()
              .forEach((release, day) -> releases.put(release, date(source, id, day)));
          dates.put(id, releases);
        });
    return new EndOfLife(dates, Set.copyOf(document.rolling()));
  }

  private static LocalDate date(String source, String id, String day) {
    try {
      return LocalDate.parse(day);
    } catch (DateTimeParseException e) {
      throw new TareException(
          FailureKind.USAGE,
          "read " + source + ": " + id + ": \"" + day + "\": expected a date like 2026-06-30",
          null,
          e);
    }
  }

  /** The last day of support; null where the table does not know it. */
  @Nullable
  public LocalDate of(OsRelease os) {
    Map<String, LocalDate> releases = dates.get(distribution(os));
    String release = os.versionId();
    while (releases != null && release != null) {
      LocalDate day = releases.get(release);
      if (day != null) {
        return day;
      }
      int dot = release.lastIndexOf('.');
      release = dot < 0 ? null : release.substring(0, dot);
    }
    return null;
  }

  /** CentOS Stream has the id of CentOS Linux, and ended at other days. */
  private static String distribution(OsRelease os) {
    boolean stream = os.id().equals("centos") && "CentOS Stream".equals(os.name());
    return stream ? "centos-stream" : os.id();
  }

  /** Whether the distribution has no releases that could end. */
  public boolean isRolling(OsRelease os) {
    return rolling.contains(os.id());
  }
}
