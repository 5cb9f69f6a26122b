package dev.tare.inspect.packages.portage;

import com.github.packageurl.PackageURL;
import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.packages.reader.ProgramDirectories;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gentoo: a directory {@code var/db/pkg/CATEGORY/NAME-VERSION} a package, with its name in the file
 * {@code PF} and its files in {@code CONTENTS}, which is empty where it has none.
 *
 * <pre>
 * dir /usr/bin
 * obj /usr/bin/curl 7d4b1c4c8b44bbc1d3b3b3f9b6f3a4d1 1701252841
 * sym /usr/lib64/libcurl.so -&gt; libcurl.so.4.8.0 1701252841
 * </pre>
 *
 * @see <a href="https://wiki.gentoo.org/wiki//var/db/pkg">Installed packages of Gentoo</a>
 * @see <a href="https://projects.gentoo.org/pms/8/pms.html#version-specifications">Versions</a>
 */
public final class PortageReader implements PackageReader {
  private static final String STORE = "var/db/pkg";
  private static final Pattern PLACE = Pattern.compile(STORE + "/([^/]+)/([^/]+)/(PF|CONTENTS)");
  private static final Pattern NAME_AND_VERSION =
      Pattern.compile("(.+)-(\\d+(?:\\.\\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)\\d*)*(?:-r\\d+)?)");

  /** Of a directory. */
  private static final int LONGEST_NAME = 255;

  /** Of a path that a program may have: what stands behind it says nothing of it. */
  private static final Pattern ENTRY = Pattern.compile("obj /(.+) [0-9a-f]+ \\d+|sym /(.+?) -> .+");

  private static final Kept CONTENTS = Kept.text(32, PortageReader::reduceContents);

  public PortageReader() {}

  @Override
  public String name() {
    return "portage";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    if (!file.path().startsWith(STORE)) {
      return null;
    }
    Matcher place = PLACE.matcher(file.path());
    if (!place.matches()) {
      return null;
    }
    String category = place.group(1);
    String directory = place.group(2);
    return file.name().equals("PF")
        ? Kept.text(1, content -> reduceName(category, directory, content))
        : CONTENTS;
  }

  /** Where the file says another name than its directory has, it is not known which is right. */
  private static byte[] reduceName(String category, String directory, byte[] content) {
    String said = new String(content, StandardCharsets.UTF_8).strip();
    Matcher parts = NAME_AND_VERSION.matcher(said);
    if (said.length() > LONGEST_NAME || !said.equals(directory) || !parts.matches()) {
      return PackageText.ofOne(
          "portage", null, null, "PF says " + said + ", expected the name of its directory");
    }
    return PackageText.ofOne(
        "portage", category + "/" + parts.group(1), parts.group(2), "no name and no version");
  }

  private static byte[] reduceContents(byte[] content) {
    StringBuilder kept = new StringBuilder();
    for (String line : (Iterable<String>) TextLines.of(content)::iterator) {
      if (line.startsWith("dir ")) {
        continue;
      }
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        String path = entry.group(1) == null ? entry.group(2) : entry.group(1);
        if (ProgramDirectories.mayHold(path)) {
          kept.append(path).append('\n');
        }
      }
    }
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable Fact factOf(String path) {
    return isProgramList(path) ? Fact.TOOLS_OWNED : PackageReader.super.factOf(path);
  }

  @Override
  public List<String> places() {
    return List.of(STORE);
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    String path = file.node().path();
    return path.endsWith("/PF") && PLACE.matcher(path).matches();
  }

  @Override
  public boolean listsPrograms(String path) {
    return false;
  }

  @Override
  public List<String> programLists(PackageRecord item, String path) {
    return List.of(path.substring(0, path.lastIndexOf('/')) + "/CONTENTS");
  }

  @Override
  public boolean isProgramList(String path) {
    return path.endsWith("/CONTENTS") && PLACE.matcher(path).matches();
  }

  /** The list of package URL types has none for Gentoo. */
  @Override
  public @Nullable PackageURL url(PackageRecord item, @Nullable OsRelease os) {
    return null;
  }
}
