package dev.tare.inspect.packages.reader;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a package database whose own form is not text: a line a package, the programs it
 * owns in lines below it, and a line for what could not be read.
 *
 * <pre>
 * P · rpm · bash · 5.1.8-6.el9_1 · aarch64 · bash-5.1.8-6.el9_1.src.rpm · 7738778
 * F · usr/bin/bash
 * P · maven · spring-core · 7.0.8 · · · · manifest,file-name · 0.9
 * ! · package 7: the header ends at 512, expected 1,024 bytes
 * </pre>
 *
 * <p>Fields are parted by tabs; an empty one is unknown. Evidence and confidence stand where the
 * evidence is said.
 */
public final class PackageText {
  private static final String SEPARATOR = "\t";
  private static final int LONGEST_FIELD = 1_024;
  private static final int MOST_FAILURES = 20;

  private final StringBuilder text = new StringBuilder();
  private int failures;

  public PackageText() {}

  /**
   * What is kept of a file that names one package.
   *
   * @param otherwise what could not be read where it has no name or no version
   */
  public static byte[] ofOne(
      String type, @Nullable String name, @Nullable String version, String otherwise) {
    PackageText text = new PackageText();
    if (name == null || version == null || name.isEmpty() || version.isEmpty()) {
      text.addFailure(otherwise);
    } else {
      text.add(new PackageRecord(type, name, version, null, null, null));
    }
    return text.toBytes();
  }

  /** A package; the lines that follow are its files. */
  public void add(PackageRecord item) {
    text.append('P');
    field(item.type());
    field(item.name());
    field(item.version());
    field(item.architecture());
    field(item.source());
    field(item.installedBytes() == null ? null : item.installedBytes().toString());
    if (!item.evidence().isEmpty()) {
      field(item.evidence().stream().map(Evidence::word).collect(Collectors.joining(",")));
      field(Double.toString(item.confidence()));
    }
    text.append('\n');
  }

  /** A file of the last package, without leading slash. */
  public void addFile(String path) {
    text.append('F');
    field(path);
    text.append('\n');
  }

  /** Something that could not be read. */
  public void addFailure(String reason) {
    if (failures++ < MOST_FAILURES) {
      text.append('!');
      field(reason);
      text.append('\n');
    }
  }

  private void field(@Nullable String value) {
    text.append(SEPARATOR);
    if (value != null) {
      String bounded = value.length() > LONGEST_FIELD ? value.substring(0, LONGEST_FIELD) : value;
      bounded.chars().forEach(c -> text.append(c < ' ' ? ' ' : (char) c));
    }
  }

  public byte[] toBytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #toBytes} gave.
   *
   * @param files told of each file: package, then path
   * @param failed told what could not be read
   */
  public static List<PackageRecord> packages(
      byte[] kept, BiConsumer<PackageRecord, String> files, Consumer<String> failed) {
    List<PackageRecord> packages = new ArrayList<>();
    for (String line : new String(kept, StandardCharsets.UTF_8).lines().toList()) {
      String[] fields = line.split(SEPARATOR, -1);
      if (fields[0].equals("P") && (fields.length == 7 || fields.length == 9)) {
        packages.add(
            new PackageRecord(
                fields[1],
                fields[2],
                fields[3],
                emptyToNull(fields[4]),
                emptyToNull(fields[5]),
                fields[6].isEmpty() ? null : Long.valueOf(fields[6]),
                fields.length == 7 ? List.of() : evidence(fields[7]),
                fields.length == 7 ? 1 : Double.parseDouble(fields[8])));
      } else if (fields[0].equals("F") && fields.length == 2 && !packages.isEmpty()) {
        files.accept(packages.getLast(), fields[1]);
      } else if (fields[0].equals("!") && fields.length == 2) {
        failed.accept(fields[1]);
      }
    }
    return packages;
  }

  /** The same, cut into a piece for each package and one for each failure. */
  static List<String> pieces(byte[] kept) {
    List<StringBuilder> pieces = new ArrayList<>();
    for (String line : new String(kept, StandardCharsets.UTF_8).lines().toList()) {
      if (pieces.isEmpty() || !line.startsWith("F")) {
        pieces.add(new StringBuilder());
      }
      pieces.getLast().append(line).append('\n');
    }
    return pieces.stream().map(StringBuilder::toString).toList();
  }

  private static List<Evidence> evidence(String words) {
    return Arrays.stream(words.split(",", -1)).map(Evidence::of).toList();
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
