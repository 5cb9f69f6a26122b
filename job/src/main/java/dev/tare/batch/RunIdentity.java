package dev.tare.batch;

import dev.tare.oci.Digest;
import dev.tare.registry.ImageFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Names runs, and tells whether two commands ask for the same. */
final class RunIdentity {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunIdentity() {}

  /** A new identifier that sorts by time: {@code 20261121-020000-3f9c}. */
  static String newRunId(Instant startedAt, RandomGenerator random) {
    return TIME.format(startedAt)
        + "-"
        + String.format(Locale.ROOT, "%04x", random.nextInt(1 << 16));
  }

  /**
   * Equal for two commands whose results would be the same on an unchanged registry: where they
   * write does not count, what they look at and by what they judge does.
   */
  static String of(ScanRequest scan, List<String> trustedSboms, JudgeRequest judge, String said) {
    ImageFilter filter = scan.filter();
    return hash(
        "scan",
        scan.words().stream().sorted().toList(),
        filter.include(),
        filter.exclude(),
        filter.newestTags(),
        filter.platforms(),
        trustedSboms.stream().distinct().sorted().toList(),
        judge.bundles(),
        judge.profile(),
        judge.waivers(),
        content(judge.waivers()),
        judge.baseline(),
        content(judge.baseline()),
        judge.said(),
        said,
        judge.settings());
  }

  /** The identity of judging an earlier run again. */
  static String of(String sourceRun, JudgeRequest judge) {
    return hash(
        "evaluate",
        sourceRun,
        judge.bundles(),
        judge.profile(),
        judge.waivers(),
        judge.baseline(),
        judge.said(),
        judge.settings());
  }

  /**
   * What a file says now; nothing of one that cannot be read, which is refused where it is used.
   */
  private static String content(@Nullable Path file) {
    if (file == null) {
      return "";
    }
    try {
      return Digest.sha256(Files.readAllBytes(file)).hex();
    } catch (IOException e) {
      return "";
    }
  }

  private static String hash(@Nullable Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(part).append('\n');
    }
    return Digest.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
  }
}
