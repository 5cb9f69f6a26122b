package dev.tare.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A layer of a sample image: its weight, the command that made it, what it brings. */
final class SampleLayer {
  final String digest;
  final String diffId;
  final String createdBy;
  final long compressed;
  final long uncompressed;
  final int files;
  final List<Tool> tools = new ArrayList<>();
  final List<Tool> hiddenTools = new ArrayList<>();
  final List<Pkg> packages = new ArrayList<>();
  final List<Leftover> leftovers = new ArrayList<>();
  final List<String> setuid = new ArrayList<>();
  long wasted;
  long hidden;

  private SampleLayer(String createdBy, long compressed, long uncompressed, int files) {
    this.createdBy = createdBy;
    this.compressed = compressed;
    this.uncompressed = uncompressed;
    this.files = files;
    this.digest = digest("blob " + createdBy + compressed);
    this.diffId = digest("tar " + createdBy + uncompressed);
  }

  static SampleLayer of(String createdBy, long compressed, long uncompressed, int files) {
    return new SampleLayer(createdBy, compressed, uncompressed, files);
  }

  /** Executables of one category under one directory, each its own ELF file. */
  SampleLayer tools(String category, String directory, String pkg, String... names) {
    for (String name : names) {
      tools.add(new Tool(name, category, directory + "/" + name, null, "elf", null, pkg, 120_000));
    }
    return this;
  }

  /** Applets of {@code /bin/busybox}. */
  SampleLayer applets(String category, String... names) {
    for (String name : names) {
      tools.add(
          new Tool(
              name,
              category,
              "/bin/" + name,
              "/bin/busybox",
              "applet",
              "busybox",
              "busybox 1.37.0-r12",
              808_712));
    }
    return this;
  }

  SampleLayer hiddenTools(String category, String directory, String... names) {
    for (String name : names) {
      hiddenTools.add(
          new Tool(name, category, directory + "/" + name, null, "elf", null, null, 900_000));
    }
    return this;
  }

  /** Packages written as {@code name=version}. */
  SampleLayer packages(String type, String... namesAndVersions) {
    for (String one : namesAndVersions) {
      int equals = one.indexOf('=');
      packages.add(new Pkg(type, one.substring(0, equals), one.substring(equals + 1)));
    }
    return this;
  }

  /** As many packages of this stem, for weight. */
  SampleLayer manyPackages(String type, String stem, int count) {
    for (int i = 0; i < count; i++) {
      packages.add(new Pkg(type, stem + i, "1." + i % 17 + "." + i % 7));
    }
    return this;
  }

  SampleLayer leftover(String kind, String path, long bytes, int count) {
    leftovers.add(new Leftover(kind, path, bytes, count));
    return this;
  }

  SampleLayer setuid(String... paths) {
    setuid.addAll(List.of(paths));
    return this;
  }

  SampleLayer waste(long wastedBytes, long hiddenBytes) {
    this.wasted = wastedBytes;
    this.hidden = hiddenBytes;
    return this;
  }

  static String digest(String seed) {
    try {
      return "sha256:"
          + HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(seed.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  record Tool(
      String name,
      String category,
      String path,
      @org.jspecify.annotations.Nullable String target,
      String kind,
      @org.jspecify.annotations.Nullable String via,
      @org.jspecify.annotations.Nullable String pkg,
      long size) {}

  record Pkg(String type, String name, String version) {}

  record Leftover(String kind, String path, long bytes, int files) {}
}
