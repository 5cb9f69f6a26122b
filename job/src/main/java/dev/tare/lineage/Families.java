package dev.tare.lineage;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.ImageConfig.HistoryEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Official images, recognised by what they leave in every image built on them, without a registry:
 * {@code config/families.yaml}. Immutable.
 *
 * <p>A name takes the whole history of the official image, from its first step to its last, in
 * order and without any step between: a variable is set by anybody. What has the variables without
 * the steps has candidates and no name.
 */
public final class Families {
  private static final String SHIPPED = "/tare/config/families.yaml";

  /** A value that may be shown: versions have no other characters. */
  private static final Pattern SHOWN = Pattern.compile("[\\w.+~-]{1,60}");

  private static final int MAX_CANDIDATES = 8;

  private static final String HISTORY = "history";

  /** The shape of the file. */
  record Document(List<Image> images) {}

  /** One official image in it. */
  record Image(
      String repository,
      @Nullable String version,
      @Nullable Boolean rewritten,
      @Nullable String os,
      @Nullable Integer parts,
      @Nullable Map<String, String> suites,
      List<Variant> shapes) {}

  /** One variant of it. */
  record Variant(
      @Nullable String on, @Nullable String tag, @Nullable Boolean passing, String steps) {}

  /** Read when it is first needed, once. */
  private static final class Shipped {
    static final Families FAMILIES = read();

    private Shipped() {}

    private static Families read() {
      try (InputStream stream = Families.class.getResourceAsStream(SHIPPED)) {
        if (stream == null) {
          throw new TareException(
              FailureKind.INTERNAL, "read shipped families.yaml: not inside the jar");
        }
        return parse(stream.readAllBytes());
      } catch (IOException e) {
        throw new TareException(
            FailureKind.INTERNAL, "read shipped families.yaml: " + e.getMessage(), null, e);
      }
    }
  }

  private final List<FamilyEntry> roots = new ArrayList<>();
  private final Map<String, List<Step>> above = new HashMap<>();
  private final Map<String, SortedSet<String>> byVariable = new TreeMap<>();

  /** One variant, and the image that it is one of. */
  private record Step(FamilyEntry image, FamilyEntry.Shape shape) {}

  /**
   * An official image that the history begins with.
   *
   * @param start position of its first own step
   * @param end position behind its last one
   */
  private record Reached(
      FamilyEntry image,
      FamilyEntry.Shape shape,
      int start,
      int end,
      @Nullable String value,
      @Nullable String version) {}

  private final Set<String> names = new TreeSet<>();

  private Families(List<FamilyEntry> images) {
    for (FamilyEntry image : images) {
      if (!image.shapes().stream().allMatch(FamilyEntry.Shape::passing)) {
        names.add(image.repository());
      }
      if (image.os() != null) {
        roots.add(image);
      }
      String variable = image.variable();
      if (variable != null) {
        byVariable.computeIfAbsent(variable, missing -> new TreeSet<>()).add(image.repository());
      }
      for (FamilyEntry.Shape shape : image.shapes()) {
        String on = shape.on();
        if (on != null) {
          above.computeIfAbsent(on, missing -> new ArrayList<>()).add(new Step(image, shape));
        }
      }
    }
    Set<String> unknown = new TreeSet<>(above.keySet());
    images.forEach(image -> unknown.remove(image.name()));
    if (!unknown.isEmpty()) {
      throw new TareException(
          FailureKind.USAGE,
          "read families.yaml: no image of the list is named "
              + String.join(", ", unknown)
              + ", on which others are built",
          null);
    }
  }

  /** What ships with Tare. */
  public static Families shipped() {
    return Shipped.FAMILIES;
  }

  static Families parse(byte[] yaml) {
    try {
      Document document =
          YAMLMapper.builder()
              .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
              .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .build()
              .readValue(yaml, Document.class);
      return new Families(document.images().stream().map(Families::entry).toList());
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.USAGE, "read families.yaml: " + e.getOriginalMessage(), null, e);
    }
  }

  private static FamilyEntry entry(Image image) {
    return new FamilyEntry(
        image.repository(),
        image.version(),
        Boolean.TRUE.equals(image.rewritten()),
        image.os(),
        Objects.requireNonNullElse(image.parts(), 1),
        Objects.requireNonNullElse(image.suites(), Map.of()),
        image.shapes().stream()
            .map(shape ->
                new FamilyEntry.Shape(
                    shape.on(),
                    shape.tag(),
                    Boolean.TRUE.equals(shape.passing()),
                    StepShape.list(shape.steps())))
            .toList());
  }

  /** The repositories that can be named. */
  Set<String> names() {
    return names;
  }

  /**
   * The official image that an image seems to be built on; null where nothing speaks for any.
   *
   * @param history of its config, root first
   * @param env of its config, {@code NAME=value}
   * @param layers how many it has: a history that tells of others was taken over from elsewhere
   * @param os ID of its os-release; null where it has none or cannot be read
   * @param release VERSION_ID of its os-release
   */
  public @Nullable Family recognise(
      List<HistoryEntry> history,
      List<String> env,
      int layers,
      @Nullable String os,
      @Nullable String release) {
    List<BuildStep> steps = history.stream().map(entry -> BuildStep.of(entry.createdBy())).toList();
    boolean whole = history.stream().filter(entry -> !entry.emptyLayer()).count() == layers;
    if (whole && os != null) {
      for (FamilyEntry root : roots) {
        if (os.equals(root.os())) {
          Family family = named(reached(root, steps), root.suite(release), release, steps, env);
          if (family != null) {
            return family;
          }
        }
      }
    }
    Marks marks = marks(steps, env);
    return marks.repositories().isEmpty()
        ? null
        : new Family(null, null, 0, marks.evidence(), 0, marks.repositories());
  }

  /** All official images that the history begins with, through this root image. */
  private List<Reached> reached(FamilyEntry root, List<BuildStep> steps) {
    List<Reached> all = new ArrayList<>();
    Deque<Reached> open = new ArrayDeque<>();
    for (FamilyEntry.Shape shape : root.shapes()) {
      enter(open, root, shape, 0, null, steps);
    }
    while (!open.isEmpty()) {
      Reached below = open.removeFirst();
      all.add(below);
      for (Step step : above.getOrDefault(below.image().name(), List.of())) {
        enter(open, step.image(), step.shape(), below.end(), below, steps);
      }
    }
    return all;
  }

  private static void enter(
      Deque<Reached> open,
      FamilyEntry image,
      FamilyEntry.Shape shape,
      int start,
      @Nullable Reached below,
      List<BuildStep> steps) {
    if (!shape.fits(steps, start)) {
      return;
    }
    int end = start + shape.steps().size();
    String value = null;
    String variable = image.variable();
    if (variable != null) {
      for (BuildStep step : steps.subList(start, end)) {
        value = step.variables().getOrDefault(variable, value);
      }
    }
    if (value == null && below != null && below.image().equals(image)) {
      value = below.value(); // A variant that is built on another one.
    }
    open.addLast(
        new Reached(image, shape, start, end, value, value == null ? null : image.version(value)));
  }

  /**
   * The nearest of them that something was built on; null where there is none. Without a name where
   * several fit.
   */
  private @Nullable Family named(
      List<Reached> reached,
      @Nullable String suite,
      @Nullable String release,
      List<BuildStep> steps,
      List<String> env) {
    List<Reached> bases =
        reached.stream()
            .filter(one -> !one.shape().passing() && !isItself(one, reached, steps.size()))
            .toList();
    int end = bases.stream().mapToInt(Reached::end).max().orElse(0);
    List<Reached> nearest = bases.stream().filter(one -> one.end() == end).toList();
    SortedSet<String> repositories = new TreeSet<>();
    nearest.forEach(one -> repositories.add(one.image().repository()));
    if (repositories.size() > 1) {
      return new Family(null, null, 0, List.of(HISTORY), 0, List.copyOf(repositories));
    }
    if (repositories.isEmpty()) {
      return null;
    }
    Reached one = nearest.getFirst();
    SortedSet<String> tags = new TreeSet<>();
    reached.stream()
        .filter(other -> nearest.contains(other) || mayBe(other, one, steps))
        .forEach(other -> tags.add(String.valueOf(tag(other, suite, release))));
    String tag = tags.size() == 1 ? tag(one, suite, release) : null;
    String repository = one.image().repository();
    List<String> evidence = new ArrayList<>(List.of(HISTORY));
    String variable = one.image().variable();
    String value = one.value();
    if (variable != null && value != null) {
      evidence.add(shown(variable, value));
    }
    boolean root = one.image().os() != null;
    return new Family(
        tag == null ? repository : repository + ":" + tag,
        root ? suite : one.version(),
        end,
        evidence,
        Lineage.FAMILY_CONFIDENCE,
        root ? marks(steps, env).repositories() : List.of());
  }

  /** Whether nothing stands on it, or what seems to is another variant of the same image. */
  private static boolean isItself(Reached one, List<Reached> reached, int steps) {
    return reached.stream()
        .anyMatch(other ->
            other.end() == steps
                && other.start() == one.start()
                && other.image().equals(one.image()));
  }

  /**
   * Whether it may have been built on instead: a shorter variant of the same image, or one that is
   * built on the named one. Between the two are only steps that anybody may make.
   */
  private static boolean mayBe(Reached other, Reached named, List<BuildStep> steps) {
    boolean shorter =
        !other.shape().passing() && other.start() == named.start() && other.end() < named.end();
    boolean above = other.shape().passing() && other.start() == named.end();
    return other.image().equals(named.image())
        && (above
            || (shorter
                && steps.subList(other.end(), named.end()).stream()
                    .allMatch(step -> step.variables().isEmpty())));
  }

  private static @Nullable String tag(
      Reached one, @Nullable String suite, @Nullable String release) {
    String tag = filled(one.shape().tag(), "{version}", one.version());
    return filled(filled(tag, "{suite}", suite), "{release}", release);
  }

  private static @Nullable String filled(
      @Nullable String tag, String place, @Nullable String value) {
    if (tag == null || !tag.contains(place)) {
      return tag;
    }
    return value == null ? null : tag.replace(place, value);
  }

  /**
   * Variables of official images, set by whomever.
   *
   * @param repositories the images that set them
   * @param evidence the variables
   */
  private record Marks(List<String> repositories, List<String> evidence) {}

  private Marks marks(List<BuildStep> steps, List<String> env) {
    Map<String, String> set = new HashMap<>();
    for (String entry : env) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        set.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    steps.stream()
        .filter(step -> step.instruction().equals("ENV"))
        .forEach(step -> step.variables().forEach(set::putIfAbsent));
    SortedSet<String> repositories = new TreeSet<>();
    List<String> evidence = new ArrayList<>();
    byVariable.forEach((variable, images) -> {
      String value = set.get(variable);
      if (value != null) {
        repositories.addAll(images);
        evidence.add(shown(variable, value));
      }
    });
    return new Marks(repositories.stream().limit(MAX_CANDIDATES).toList(), List.copyOf(evidence));
  }

  private static String shown(String variable, String value) {
    return "env " + variable + (SHOWN.matcher(value).matches() ? "=" + value : "");
  }
}
