package dev.tare.rebase;

import dev.tare.lineage.BuildStep;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.ImageConfig.HistoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The config that the steps of an image would leave on another base, as a build from a Dockerfile
 * combines them: what the steps set stands, the rest is the base's.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
final class RebasedConfig {
  private static final String BASE_ANNOTATIONS = "org.opencontainers.image.base.";

  /** Behind a port that says no protocol. */
  private static final String TCP = "/tcp";

  private final ImageConfig image;
  private final ImageConfig base;
  private final ImageConfig other;
  private final Map<String, String> saidOfBase;
  private final List<HistoryEntry> steps;

  /**
   * Combines.
   *
   * @param base the config of the base that the image is built on
   * @param baseLayers how many layers of the image are that base's
   * @param other the config of the other base
   * @param saidOfBase the annotations by which build tools name the other base
   */
  RebasedConfig(
      ImageConfig image,
      ImageConfig base,
      int baseLayers,
      ImageConfig other,
      Map<String, String> saidOfBase) {
    this.image = image;
    this.base = base;
    this.other = other;
    this.saidOfBase = saidOfBase;
    this.steps = ownSteps(image, base, baseLayers);
  }

  /**
   * The history of an image without that of its base: what follows it, or what follows the layers
   * of the base where build tools wrote the base's history otherwise.
   *
   * @param baseLayers how many layers of the image are the base's
   */
  static List<HistoryEntry> ownSteps(ImageConfig image, ImageConfig base, int baseLayers) {
    List<HistoryEntry> all = image.history();
    List<HistoryEntry> inherited = base.history();
    if (inherited.size() <= all.size() && all.subList(0, inherited.size()).equals(inherited)) {
      return all.subList(inherited.size(), all.size());
    }
    int layers = baseLayers;
    int next = 0;
    while (next < all.size() && layers > 0) {
      layers -= all.get(next++).emptyLayer() ? 0 : 1;
    }
    return all.subList(next, all.size());
  }

  /**
   * The config of an image that is built now.
   *
   * @param diffIds of all layers, root first
   */
  ImageConfig build(Instant created, List<Digest> diffIds) {
    boolean entrypoint = sets("ENTRYPOINT", image.entrypoint(), base.entrypoint());
    // An ENTRYPOINT of its own ends the CMD that came with the base.
    boolean cmd = entrypoint || sets("CMD", image.cmd(), base.cmd());
    List<HistoryEntry> history = new ArrayList<>(other.history());
    history.addAll(steps);
    return new ImageConfig(
        image.platform(),
        created,
        own("USER", image.user(), base.user(), other.user()),
        env(),
        entrypoint ? image.entrypoint() : other.entrypoint(),
        cmd ? image.cmd() : other.cmd(),
        added("EXPOSE", image.exposedPorts(), base.exposedPorts(), other.exposedPorts()),
        added("VOLUME", image.volumes(), base.volumes(), other.volumes()),
        own("WORKDIR", image.workingDir(), base.workingDir(), other.workingDir()),
        own("STOPSIGNAL", image.stopSignal(), base.stopSignal(), other.stopSignal()),
        own("HEALTHCHECK", image.healthcheck(), base.healthcheck(), other.healthcheck()),
        Objects.requireNonNull(own("SHELL", image.shell(), base.shell(), other.shell())),
        labels(),
        diffIds,
        history);
  }

  /**
   * What is as on the old base, counts as set by it, and changes with the base: {@code user}. Only
   * a history that names every instruction tells that from a step that set the same.
   */
  List<String> inherited() {
    List<String> names = new ArrayList<>();
    note(names, "USER", image.user(), base.user(), other.user());
    if (!sets("ENTRYPOINT", image.entrypoint(), base.entrypoint())) {
      note(names, "ENTRYPOINT", image.entrypoint(), base.entrypoint(), other.entrypoint());
      note(names, "CMD", image.cmd(), base.cmd(), other.cmd());
    }
    note(names, "WORKDIR", image.workingDir(), base.workingDir(), other.workingDir());
    note(names, "HEALTHCHECK", image.healthcheck(), base.healthcheck(), other.healthcheck());
    return names;
  }

  private void note(
      List<String> names,
      String instruction,
      @Nullable Object image,
      @Nullable Object base,
      @Nullable Object other) {
    boolean said = base != null && !base.equals("") && !base.equals(List.of());
    if (said && !sets(instruction, image, base) && !Objects.equals(image, other)) {
      names.add(instruction);
    }
  }

  private <V> @Nullable V own(
      String instruction, @Nullable V image, @Nullable V base, @Nullable V other) {
    return sets(instruction, image, base) ? image : other;
  }

  /** Whether the steps set it: to another value, or by an instruction to the same one. */
  private boolean sets(String instruction, @Nullable Object image, @Nullable Object base) {
    return !Objects.equals(image, base) || hasStep(instruction);
  }

  private boolean hasStep(String instruction) {
    return !writtenBy(instruction).isEmpty();
  }

  /** The own steps with this instruction, as builders have written them. */
  private List<String> writtenBy(String instruction) {
    return steps.stream()
        .map(HistoryEntry::createdBy)
        .filter(Objects::nonNull)
        .filter(step -> BuildStep.of(step).instruction().equals(instruction))
        .toList();
  }

  /** The variables or labels that own steps set with this instruction. */
  private Set<String> setBy(String instruction) {
    Set<String> names = new HashSet<>();
    writtenBy(instruction).forEach(step -> names.addAll(BuildStep.of(step).variables().keySet()));
    return names;
  }

  /** A variable that goes on with the base's value, as PATH does, goes on with the other's. */
  private List<String> env() {
    Map<String, String> inherited = variables(base.env());
    Map<String, String> there = variables(other.env());
    Map<String, String> combined = new LinkedHashMap<>(there);
    Set<String> set = setBy("ENV");
    variables(image.env())
        .forEach((name, value) -> {
          String before = inherited.get(name);
          if (!value.equals(before)) {
            combined.put(name, continued(value, before, there.get(name)));
          } else if (set.contains(name)) {
            combined.put(name, value);
          }
        });
    List<String> env = new ArrayList<>();
    combined.forEach((name, value) -> env.add(name + "=" + value));
    return env;
  }

  private static String continued(String value, @Nullable String before, @Nullable String there) {
    if (before == null || before.isEmpty() || there == null) {
      return value;
    }
    int at = value.indexOf(before);
    boolean parts =
        at >= 0
            && (at == 0 || isSeparator(value.charAt(at - 1)))
            && (at + before.length() == value.length()
                || isSeparator(value.charAt(at + before.length())));
    return parts ? value.substring(0, at) + there + value.substring(at + before.length()) : value;
  }

  private static boolean isSeparator(char c) {
    return c == ':' || c == ' ' || c == ',' || c == ';';
  }

  private static Map<String, String> variables(List<String> env) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String variable : env) {
      int equals = variable.indexOf('=');
      variables.put(
          equals < 0 ? variable : variable.substring(0, equals),
          equals < 0 ? "" : variable.substring(equals + 1));
    }
    return variables;
  }

  /** Of ports and volumes, those of the other base and what own steps name besides. */
  private List<String> added(
      String instruction, List<String> image, List<String> base, List<String> other) {
    Set<String> all = new LinkedHashSet<>(other);
    image.stream()
        .filter(one -> !base.contains(one) || isNamedBy(instruction, one))
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** {@code 80/tcp} by {@code EXPOSE 80} and {@code EXPOSE map[80/tcp:{}]}. */
  private boolean isNamedBy(String instruction, String value) {
    String plain = value.endsWith(TCP) ? value.substring(0, value.length() - TCP.length()) : value;
    Pattern pattern =
        Pattern.compile("(?<![\\w/.-])" + Pattern.quote(plain) + "(?:/tcp)?(?![\\w/.-])");
    return writtenBy(instruction).stream().anyMatch(step -> pattern.matcher(step).find());
  }

  private Map<String, String> labels() {
    Map<String, String> own = new HashMap<>();
    Set<String> set = setBy("LABEL");
    image
        .labels()
        .forEach((name, value) -> {
          if (!value.equals(base.labels().get(name)) || set.contains(name)) {
            own.put(name, value);
          }
        });
    Map<String, String> labels = new HashMap<>(other.labels());
    labels.putAll(naming(saidOfBase, own));
    return labels;
  }

  /**
   * Annotations or labels of an image that say what its base is, saying it of another one. What was
   * not said before is not said now.
   *
   * @param saidOfBase what can be said of that one
   */
  static Map<String, String> naming(
      Map<String, String> saidOfBase, Map<String, String> annotations) {
    Map<String, String> named = new HashMap<>(annotations);
    named.keySet().removeIf(name -> name.startsWith(BASE_ANNOTATIONS));
    saidOfBase.forEach((name, value) -> {
      if (annotations.containsKey(name)) {
        named.put(name, value);
      }
    });
    return named;
  }
}
