package dev.tare.inspect.packages.ruby;

import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code specifications/NAME-VERSION.gemspec}, and below {@code specifications/default} what comes
 * with Ruby itself. It is Ruby, which RubyGems writes in one form:
 *
 * <pre>
 * # -*- encoding: utf-8 -*-
 * # stub: nokogiri 1.15.4 x86_64-linux lib
 *
 * Gem::Specification.new do |s|
 *   s.name = "nokogiri".freeze
 *   s.version = "1.15.4"
 *   s.platform = "x86_64-linux".freeze
 * </pre>
 *
 * @see <a href="https://guides.rubygems.org/specification-reference/">Specification reference</a>
 */
final class GemSpecification {
  static final String DIRECTORY = "specifications";
  private static final Pattern PLACE =
      Pattern.compile("(?:.*/)?" + DIRECTORY + "/(?:default/)?[^/]+\\.gemspec");
  private static final Pattern STUB = Pattern.compile("# stub: (\\S+) (\\S+) (\\S+) .*");
  private static final Pattern FIELD =
      Pattern.compile(
          "\\s*\\w+\\.(name|version|platform)\\s*=\\s*(?:Gem::Version\\.new\\s*\\(?\\s*)?"
              + "(?:['\"]|%q\\{)([^'\"#\\\\}]+)['\"}].*");

  /** Of a gem that is built of Ruby alone. */
  private static final String ANY_PLATFORM = "ruby";

  private GemSpecification() {}

  /** Whether it stands at this path. */
  static boolean isAt(String path) {
    return path.endsWith(".gemspec") && PLACE.matcher(path).matches();
  }

  /** Reduces it to {@link PackageText}. */
  static byte[] reduce(byte[] content) {
    String name = null;
    String version = null;
    String platform = null;
    for (String line : (Iterable<String>) TextLines.of(content)::iterator) {
      Matcher stub = STUB.matcher(line);
      if (stub.matches()) {
        return text(stub.group(1), stub.group(2), stub.group(3));
      }
      Matcher field = FIELD.matcher(line);
      if (field.matches()) {
        switch (field.group(1)) {
          case "name" -> name = name == null ? field.group(2) : name;
          case "version" -> version = version == null ? field.group(2) : version;
          default -> platform = platform == null ? field.group(2) : platform;
        }
      }
    }
    return text(name, version, platform);
  }

  private static byte[] text(
      @Nullable String name, @Nullable String version, @Nullable String platform) {
    PackageText text = new PackageText();
    if (name == null || version == null) {
      text.addFailure("neither a stub line nor name and version as texts");
    } else {
      String built = ANY_PLATFORM.equals(platform) ? null : platform;
      text.add(new PackageRecord("gem", name, version, built, null, null, List.of(), 1));
    }
    return text.toBytes();
  }
}
