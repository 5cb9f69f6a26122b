package dev.tare.inspect.packages.java;

import dev.tare.inspect.content.Suffixes;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.layer.ContentReader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A jar, as it streams by: its manifest, each {@code META-INF/maven/GROUP/ARTIFACT/pom.properties},
 * and the jars inside it. What its directory does not list is not in it.
 */
final class JarContents implements ZipEntries, ContentReader {
  /** A jar in a jar in a {@code war} in an {@code ear}. */
  static final int DEEPEST = 3;

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String MAVEN = "META-INF/maven/";
  private static final String PROPERTIES = "/pom.properties";

  /** Of one {@code pom.properties}, and of the headers of a manifest, which come first in it. */
  private static final int LARGEST_TEXT = 64 << 10;

  private static final int MOST_FAILURES = 20;

  /** Of an entry that is read. */
  private static final int LONGEST_NAME = 1_024;

  private static final Suffixes JARS =
      Suffixes.of(".jar", ".war", ".ear", ".hpi", ".jpi", ".par", ".sar", ".nar", ".kar");

  /** The path of the jar in the one that is a file; empty for that one. */
  private final String where;

  /** Of which only the name matters. */
  private final String path;

  private final int depth;
  private final InflateBudget budget;
  private final ZipStream zip;

  private JarManifest manifest = JarManifest.NONE;
  private boolean hasManifest;
  private final Map<String, Coordinates> poms = new HashMap<>();
  private final Set<String> unnamed = new HashSet<>();
  private final Map<String, Found> jars = new HashMap<>();
  private @Nullable Jar open;
  private final Set<String> listed = new LinkedHashSet<>();
  private final Set<String> unread = new HashSet<>();
  private final List<PackageRecord> packages = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private boolean hasClasses;

  /** What was found in a jar inside this one: all that is held of it once it has passed by. */
  private record Found(List<PackageRecord> packages, List<String> failures) {}

  /** A jar of this path: as a file, or inside another jar. */
  private JarContents(String where, String path, int depth, InflateBudget budget) {
    this.where = where;
    this.path = path;
    this.depth = depth;
    this.budget = budget;
    zip = new ZipStream(this, budget);
  }

  /** A jar that is a file of this path. */
  static JarContents ofFile(String path, long sizeBytes) {
    return new JarContents("", path, 0, new InflateBudget(sizeBytes));
  }

  @Override
  public void read(byte[] bytes, int offset, int length) {
    zip.read(bytes, offset, length);
  }

  /** The packages of it and of all the jars inside. */
  @Override
  public byte[] kept() {
    end();
    PackageText text = new PackageText();
    if (budget.isSpent()) {
      text.addFailure("over the limit of " + budget);
    } else {
      packages.forEach(text::add);
      failures.forEach(text::addFailure);
    }
    return text.toBytes();
  }

  private void end() {
    zip.end();
    close();
    if (!zip.isComplete()) {
      failures.clear();
      failures.add((where.isEmpty() ? "" : where + ": ") + "no jar: it ends without a directory");
      return;
    }
    List<Coordinates> own = new ArrayList<>();
    for (String name : listed) {
      Found jar = jars.get(name);
      Coordinates pom = poms.get(name);
      if (jar != null) {
        packages.addAll(jar.packages());
        jar.failures().forEach(this::addFailure);
      } else if (pom != null) {
        own.add(pom);
      } else if (unnamed.contains(name)) {
        unreadable(name, "no groupId, artifactId and version");
      } else if (!name.equals(MANIFEST) || !hasManifest) {
        unreadable(name, "listed, but not there");
      }
    }
    addOwn(own);
  }

  /** Frees what it takes to inflate, here and inside. */
  private void close() {
    zip.close();
    closeOpen();
  }

  private void closeOpen() {
    if (open != null) {
      open.jar.close();
      open = null;
    }
  }

  private void addFailure(String failure) {
    if (failures.size() < MOST_FAILURES) {
      failures.add(failure);
    }
  }

  /** What only holds jars is none of them, and nothing is missing without a name of it. */
  private void addOwn(List<Coordinates> poms) {
    JarIdentity identity =
        new JarIdentity(path, listed.contains(MANIFEST) ? manifest : JarManifest.NONE);
    List<PackageRecord> own = identity.packages(poms);
    packages.addAll(own);
    if (own.isEmpty() && (hasClasses || jars.isEmpty())) {
      addFailure((where.isEmpty() ? "" : where + ": ") + identity.whyUnnamed());
    }
  }

  @Override
  public ZipEntries.@Nullable Content content(String name) {
    if (!isWanted(name)) {
      return null;
    }
    if (!budget.find()) {
      unreadable(name, "over the limit of " + InflateBudget.MOST_FOUND + " (jars and their files)");
      return null;
    }
    if (name.length() > LONGEST_NAME) {
      String beginning = name.substring(0, LONGEST_NAME);
      unreadable(beginning, "over the limit of " + LONGEST_NAME + " characters (names in a jar)");
      return null;
    }
    if (!isJar(name)) {
      return new Text(name);
    }
    if (depth == DEEPEST) {
      unreadable(name, "deeper than the limit of " + DEEPEST + " (jars inside jars)");
      return null;
    }
    open = new Jar(name);
    return open;
  }

  @Override
  public void unreadable(String name, String why) {
    closeOpen();
    if (failures.size() < MOST_FAILURES && unread.add(name)) {
      failures.add(inside(name) + ": " + why);
    }
  }

  @Override
  public void listed(String name) {
    hasClasses |= name.endsWith(".class");
    if (isWanted(name)
        && name.length() <= LONGEST_NAME
        && listed.size() < InflateBudget.MOST_FOUND) {
      listed.add(name);
    }
  }

  @Override
  public void beginAgain() {
    listed.clear();
    hasClasses = false;
  }

  private String inside(String name) {
    return where.isEmpty() ? name : where + "!/" + name;
  }

  /** Whether a file of this path is a jar, by whatever name. */
  static boolean isJar(String path) {
    return JARS.fit(path.toLowerCase(Locale.ROOT));
  }

  private static boolean isWanted(String name) {
    return name.equals(MANIFEST) || isPom(name) || isJar(name);
  }

  /** Below {@code BOOT-INF/classes} too, where Spring Boot once had that of the program. */
  private static boolean isPom(String name) {
    return name.endsWith(PROPERTIES) && (name.startsWith(MAVEN) || name.contains("/" + MAVEN));
  }

  /** A small text. */
  private final class Text implements ZipEntries.Content {
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean isOver;

    Text(String name) {
      this.name = name;
    }

    @Override
    public void read(byte[] piece, int offset, int length) {
      int count = Math.min(length, LARGEST_TEXT - bytes.size());
      isOver |= count < length;
      bytes.write(piece, offset, count);
    }

    @Override
    public void end() {
      if (name.equals(MANIFEST)) {
        hasManifest = true;
        manifest = JarManifest.of(bytes.toByteArray());
        return;
      }
      if (isOver) {
        unreadable(name, "over the limit of " + LARGEST_TEXT + " bytes (properties of a jar)");
        return;
      }
      Coordinates pom = Coordinates.of(bytes.toByteArray());
      if (pom == null) {
        poms.remove(name);
        unnamed.add(name);
      } else {
        poms.put(name, pom);
      }
    }
  }

  /** A jar inside this one. */
  private final class Jar implements ZipEntries.Content {
    private final String name;
    private final JarContents jar;

    Jar(String name) {
      this.name = name;
      jar = new JarContents(inside(name), name, depth + 1, budget);
    }

    @Override
    public void read(byte[] piece, int offset, int length) {
      jar.read(piece, offset, length);
    }

    @Override
    public void end() {
      jar.end();
      jars.put(name, new Found(jar.packages, jar.failures));
      open = null;
    }
  }
}
