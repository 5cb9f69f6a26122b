package dev.tare.finding;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads frameworks, one a file:
 *
 * <pre>
 * framework: acme
 * title: Our own demands
 * version: "3"
 * source: https://wiki.example.com/demands
 * controls:
 *   - {id: A.1, title: Nothing runs as root, rules: [TARE-USER-001]}
 *   - {id: A.2, title: Somebody answers for the image, manual: Ask the team.}
 *   - {id: A.3, title: No shell is used, rules: [TARE-TOOL-001], evidence: violation-only, manual: "…"}
 * </pre>
 *
 * <p>{@code evidence} is {@code full} where it is left out.
 */
public final class Frameworks {
  private static final List<String> SHIPPED =
      List.of("cis-docker", "nist-800-190", "kubernetes-hardening");
  private static final int MAX_BYTES = 1 << 20;
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Frameworks() {}

  /** As the file has it, before anything is checked. */
  private record Document(
      @Nullable String framework,
      @Nullable String title,
      @Nullable String version,
      @Nullable String source,
      @Nullable List<Entry> controls) {}

  private record Entry(
      @Nullable String id,
      @Nullable String title,
      @Nullable List<String> rules,
      @Nullable String evidence,
      @Nullable String manual) {}

  /** Those that Tare ships. */
  public static List<Framework> shipped() {
    return SHIPPED.stream().map(Frameworks::shipped).toList();
  }

  /**
   * The shipped ones, then those of these files; a file takes the place of a shipped framework of
   * the same name.
   *
   * @throws TareException of kind USAGE where a file cannot be read or lacks what the form asks for
   */
  public static List<Framework> with(Collection<Path> files) {
    Map<String, Framework> all = new LinkedHashMap<>();
    shipped().forEach(framework -> all.put(framework.id(), framework));
    for (Path file : files) {
      Framework framework = read(file);
      all.put(framework.id(), framework);
    }
    return List.copyOf(all.values());
  }

  private static Framework shipped(String id) {
    String name = "/tare/config/frameworks/" + id + ".yaml";
    try (InputStream stream = Frameworks.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new TareException(
            FailureKind.INTERNAL, "read shipped framework " + id + ": not inside the jar");
      }
      return parse("framework " + id, stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Framework read(Path file) {
    String what = "framework " + file;
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new TareException(
          FailureKind.USAGE,
          "read " + what + ": no readable file",
          "Name an existing file; config/frameworks shows the form.");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new TareException(
            FailureKind.USAGE, "read " + what + ": larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return parse(what, content);
    } catch (IOException e) {
      throw new TareException(FailureKind.USAGE, "read " + what + ": " + e.getMessage(), null, e);
    }
  }

  private static Framework parse(String what, byte[] yaml) {
    Document document;
    try {
      document = MAPPER.readValue(yaml, Document.class);
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.USAGE,
          "read " + what + ": " + e.getOriginalMessage(),
          "Compare it with config/frameworks/cis-docker.yaml.",
          e);
    }
    if (document == null) {
      throw missing(what, "framework");
    }
    String id = text(what, "framework", document.framework());
    List<Control> controls = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Entry entry : Objects.requireNonNullElse(document.controls(), List.<Entry>of())) {
      Control control =
          new Control(
              text(what, "controls.id", entry.id()),
              text(what, "controls.title", entry.title()),
              Objects.requireNonNullElse(entry.rules(), List.of()),
              evidence(what, entry),
              entry.manual());
      if (!seen.add(control.id())) {
        throw new TareException(
            FailureKind.USAGE, "read " + what + ": control " + control.id() + " is there twice");
      }
      controls.add(control);
    }
    if (controls.isEmpty()) {
      throw missing(what, "controls");
    }
    return new Framework(
        id,
        Objects.requireNonNullElse(document.title(), id),
        Objects.requireNonNullElse(document.version(), ""),
        Objects.requireNonNullElse(document.source(), ""),
        controls);
  }

  private static Control.Evidence evidence(String what, Entry entry) {
    Control.Evidence evidence =
        Stream.of(Control.Evidence.values())
            .filter(one ->
                one.word().equals(Objects.requireNonNullElse(entry.evidence(), "full").strip()))
            .findFirst()
            .orElseThrow(() ->
                new TareException(
                    FailureKind.USAGE,
                    "read " + what + ": control " + entry.id() + ": evidence " + entry.evidence(),
                    "It is full (rules that pass satisfy the control) or violation-only (they leave"
                        + " it to a person)."));
    if (evidence == Control.Evidence.VIOLATION_ONLY && entry.manual() == null) {
      throw new TareException(
          FailureKind.USAGE,
          "read " + what + ": control " + entry.id() + " is violation-only and manual is missing",
          "Say under manual what a person has to look at where no rule fails.");
    }
    return evidence;
  }

  private static String text(String what, String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw missing(what, key);
    }
    return value.strip();
  }

  private static TareException missing(String what, String key) {
    return new TareException(
        FailureKind.USAGE,
        "read " + what + ": " + key + " is missing",
        "Compare it with config/frameworks/cis-docker.yaml.");
  }
}
