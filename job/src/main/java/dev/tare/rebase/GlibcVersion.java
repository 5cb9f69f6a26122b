package dev.tare.rebase;

import dev.tare.facts.Packages;
import dev.tare.facts.StoredFacts;
import java.util.Comparator;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of glibc, of which each has symbols that those before it lack: {@code 2.36}. */
record GlibcVersion(int major, int minor) {
  private static final Set<String> PACKAGES = Set.of("libc6", "glibc");
  private static final Pattern VERSION = Pattern.compile("(?:\\d+:)?(\\d{1,4})\\.(\\d{1,4}).*");
  private static final Comparator<GlibcVersion> ORDER =
      Comparator.comparingInt(GlibcVersion::major).thenComparingInt(GlibcVersion::minor);

  /** By the package that brings it; null where there is none. */
  static @Nullable GlibcVersion of(StoredFacts facts) {
    for (Packages.Item item : facts.packageItems()) {
      String name = item.name();
      String version = item.version();
      if (name != null && version != null && PACKAGES.contains(name)) {
        Matcher matcher = VERSION.matcher(version);
        if (matcher.matches()) {
          return new GlibcVersion(
              Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
      }
    }
    return null;
  }

  boolean isOlderThan(GlibcVersion other) {
    return ORDER.compare(this, other) < 0;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
