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

  private static final Suffixes JARS =
      Suffixes.of(".jar", ".war", ".ear", ".hpi", ".jpi", ".par", ".sar", ".nar", ".kar");

  /** The path of the jar in the one that is a file; empty for that one. */
  private final String where;

  /** Of which only the name matters. */
  private final String path;

  private final int depth;
  private final InflateBudget budget;
  private final ZipStream zip;

  private final Map<String, byte[]> texts = new HashMap<>();
  private final Map<String, JarContents> jars = new HashMap<>();
  private final Set<String> listed = new LinkedHashSet<>();
  private final Set<String> unread = new HashSet<>();
  private final List<PackageRecord> packages = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private boolean hasClasses;

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
    zip.close();
    if (!zip.isComplete()) {
      failures.clear();
      failures.add((where.isEmpty() ? "" : where + ": ") + "no jar: it ends without a directory");
      return;
    }
    List<Coordinates> poms = new ArrayList<>();
    for (String name : listed) {
      byte[] text = texts.get(name);
      JarContents jar = jars.get(name);
      if (jar != null) {
        packages.addAll(jar.packages);
        failures.addAll(jar.failures);
      } else if (text == null) {
        unreadable(name, "listed, but not there");
      } else if (!name.equals(MANIFEST)) {
        add(name, Coordinates.of(text), poms);
      }
    }
    addOwn(poms);
  }

  private void add(String name, @Nullable Coordinates pom, List<Coordinates> poms) {
    if (pom == null) {
      unreadable(name, "no groupId, artifactId and version");
    } else {
      poms.add(pom);
    }
  }

  /** What only holds jars is none of them, and nothing is missing without a name of it. */
  private void addOwn(List<Coordinates> poms) {
    byte[] text = listed.contains(MANIFEST) ? texts.get(MANIFEST) : null;
    JarIdentity identity =
        new JarIdentity(path, text == null ? JarManifest.NONE : JarManifest.of(text));
    List<PackageRecord> own = identity.packages(poms);
    packages.addAll(own);
    if (own.isEmpty() && (hasClasses || jars.isEmpty())) {
      failures.add((where.isEmpty() ? "" : where + ": ") + identity.whyUnnamed());
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
    if (!isJar(name)) {
      return new Text(name);
    }
    if (depth == DEEPEST) {
      unreadable(name, "deeper than the limit of " + DEEPEST + " (jars inside jars)");
      return null;
    }
    return new Jar(name);
  }

  @Override
  public void unreadable(String name, String why) {
    if (unread.add(name) && failures.size() < MOST_FAILURES) {
      failures.add(inside(name) + ": " + why);
    }
  }

  @Override
  public void listed(String name) {
    hasClasses |= name.endsWith(".class");
    if (isWanted(name) && listed.size() < InflateBudget.MOST_FOUND) {
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
      if (isOver && !name.equals(MANIFEST)) {
        unreadable(name, "over the limit of " + LARGEST_TEXT + " bytes (properties of a jar)");
      } else {
        texts.put(name, bytes.toByteArray());
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
      jars.put(name, jar);
    }
  }
}
