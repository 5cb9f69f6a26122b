package dev.tare.policy;

import dev.tare.text.ConfigNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads bytes as people write them: {@code 300MB}, {@code 1.5 GiB}, {@code 4096}. */
final class ByteSize {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,3})?) ?([a-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "kb",
          1_000L,
          "mb",
          1_000_000L,
          "gb",
          1_000_000_000L,
          "kib",
          1L << 10,
          "mib",
          1L << 20,
          "gib",
          1L << 30);

  private ByteSize() {}

  static long parse(ConfigNode value) {
    String text = value.node().asString("").strip().toLowerCase(Locale.ROOT);
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      Long unit = UNITS.get(matcher.group(2));
      if (unit != null) {
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValue();
      }
    }
    throw value.invalid("expected bytes, for example 300MB or 1.5GiB");
  }
}
