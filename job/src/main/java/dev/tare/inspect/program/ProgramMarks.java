package dev.tare.inspect.program;

import dev.tare.inspect.packages.go.GoBuildInfo;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.packages.rust.CrateList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an ELF program:
 *
 * <pre>
 * T · curl · 7.88.1               it says that it is this program, or is of this version
 * V · ssh · 9.2p1                 if it has this name, it has this version
 * M · busybox · 1.36.1            it is this multi-call binary
 * A · wget                        with this applet
 * I · /lib64/ld-linux-x86-64.so.2 it is started with this interpreter
 * N · libc.so.6                   it needs this library
 * S                               it needs neither
 * P · golang · example.org/m · …  a module it was built of, see {@link PackageText}
 * </pre>
 *
 * <p>Fields are parted by tabs.
 *
 * @param identity the tool it is by its content; null where that does not tell
 * @param versions by name of the tool
 * @param multiCall null where it is an ordinary program
 * @param linkage what it is started with and needs
 * @param modules of Go, and crates of Rust
 */
public record ProgramMarks(
    @Nullable String identity,
    Map<String, String> versions,
    @Nullable MultiCallBinary multiCall,
    ElfLinkage linkage,
    byte[] modules) {
  /** Programs of one source that state its version. */
  private static final Map<String, String> SAME_VERSION =
      Map.of("sshd", "ssh", "dbclient", "dropbear");

  /**
   * Reads a program.
   *
   * @param content of the file, all or a part that holds its constants
   * @param constants where in it they begin
   * @param data that can be written
   * @param crates where a list of them may stand
   */
  static ProgramMarks of(
      byte[] content, int constants, byte[] data, byte[] crates, ElfLinkage linkage) {
    Map<String, String> versions = new LinkedHashMap<>();
    String identity = null;
    for (ProgramSignatures.Match match : ProgramSignatures.find(content, constants)) {
      versions.merge(
          match.tool(), match.version(), (first, second) -> first.isEmpty() ? second : first);
      if (match.identifies() && identity == null) {
        identity = match.tool();
      }
    }
    MultiCallBinary multiCall = MultiCallBinary.find(content, versions.keySet());
    PackageText modules = new PackageText();
    GoBuildInfo build = GoBuildInfo.find(data);
    if (build != null) {
      build.addTo(modules);
    }
    CrateList.addTo(modules, crates);
    return new ProgramMarks(identity, versions, multiCall, linkage, modules.toBytes());
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    versions.forEach((tool, version) ->
        text.append(tool.equals(identity) ? "T\t" : "V\t")
            .append(tool)
            .append('\t')
            .append(version)
            .append('\n'));
    if (multiCall != null) {
      text.append("M\t").append(multiCall.family()).append('\n');
      new TreeSet<>(multiCall.applets())
          .forEach(applet -> text.append("A\t").append(applet).append('\n'));
    }
    if (linkage.interpreter() != null) {
      text.append("I\t").append(linkage.interpreter()).append('\n');
    }
    if (linkage.standalone()) {
      text.append("S\n");
    }
    linkage.libraries().forEach(library -> text.append("N\t").append(library).append('\n'));
    text.append(new String(modules, StandardCharsets.UTF_8));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what {@link #toBytes} gave. */
  public static ProgramMarks parse(byte[] kept) {
    String identity = null;
    Map<String, String> versions = new LinkedHashMap<>();
    String family = null;
    TreeSet<String> applets = new TreeSet<>();
    String interpreter = null;
    List<String> libraries = new ArrayList<>();
    boolean standalone = false;
    for (String line : new String(kept, StandardCharsets.UTF_8).lines().toList()) {
      String[] fields = line.split("\t", -1);
      switch (fields[0]) {
        case "T" -> {
          identity = fields[1];
          versions.put(fields[1], fields[2]);
        }
        case "V" -> versions.put(fields[1], fields[2]);
        case "M" -> family = fields[1];
        case "A" -> applets.add(fields[1]);
        case "I" -> interpreter = fields[1];
        case "N" -> libraries.add(fields[1]);
        case "S" -> standalone = true;
        default -> {
          // A module: PackageText reads those.
        }
      }
    }
    return new ProgramMarks(
        identity,
        versions,
        family == null ? null : new MultiCallBinary(family, applets),
        new ElfLinkage(interpreter, libraries, standalone),
        kept);
  }

  /**
   * The version as this tool; null where none is stated. A program under another name than its own
   * has its own version: applets that of their binary, {@code sh} that of the shell it is.
   */
  public @Nullable String versionAs(String tool) {
    String version = versions.get(SAME_VERSION.getOrDefault(tool, tool));
    String self = multiCall == null ? identity : multiCall.family();
    if ((version == null || version.isEmpty()) && self != null) {
      version = versions.get(self);
    }
    return version == null || version.isEmpty() ? null : version;
  }
}
