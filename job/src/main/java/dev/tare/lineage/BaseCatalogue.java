package dev.tare.lineage;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Bases that need not be scanned to be recognised, and the registries where others may be looked
 * up: {@code config/bases.yaml} and the file of the same shape that people keep. Immutable.
 */
public final class BaseCatalogue {
  private static final String SHIPPED = "/tare/config/bases.yaml";
  private static final long MAX_FILE_BYTES = 64L << 20;
  private static final String HEADER =
      "# Written by tare bases learn, and to be edited; comments are not kept.\n";

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The shape of the file. */
  record Document(@Nullable List<String> registries, @Nullable List<Entry> bases) {}

  /** One base in it. */
  record Entry(
      @Nullable List<String> references,
      @Nullable String digest,
      @Nullable String index,
      @Nullable String platform,
      @Nullable String created,
      @Nullable List<String> diffIds) {}

  /** No bases, and no word about registries. */
  public static final BaseCatalogue EMPTY = new BaseCatalogue(null, List.of());

  private final @Nullable Set<String> registries;
  private final List<LearnedBase> bases;
  private final Map<Digest, List<KnownImage>> byChainId = new HashMap<>();
  private final Map<Digest, List<KnownImage>> byDigest = new HashMap<>();

  private BaseCatalogue(@Nullable Set<String> registries, List<LearnedBase> bases) {
    this.registries = registries;
    this.bases = List.copyOf(bases);
    for (LearnedBase base : bases) {
      KnownImage image = base.image();
      if (!image.chainIds().isEmpty()) {
        enter(byChainId, image.chainIds().getLast(), image);
      }
      enter(byDigest, base.digest(), image);
      Digest index = base.index();
      if (index != null) {
        enter(byDigest, index, image);
      }
    }
  }

  private static void enter(Map<Digest, List<KnownImage>> map, Digest key, KnownImage image) {
    map.computeIfAbsent(key, missing -> new ArrayList<>()).add(image);
  }

  /** What ships with Tare: {@code config/bases.yaml}. */
  public static BaseCatalogue shipped() {
    try (InputStream stream = BaseCatalogue.class.getResourceAsStream(SHIPPED)) {
      if (stream == null) {
        throw new TareException(
            FailureKind.INTERNAL, "read shipped bases.yaml: not inside the jar");
      }
      return parse("shipped bases.yaml", stream.readAllBytes());
    } catch (IOException e) {
      throw new TareException(
          FailureKind.INTERNAL, "read shipped bases.yaml: " + e.getMessage(), null, e);
    }
  }

  /** Reads a file; throws USAGE where it cannot be used. */
  public static BaseCatalogue read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw unusable(
            file.toString(), size + " bytes, at most " + MAX_FILE_BYTES + " (bases file)", null);
      }
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw unusable(file.toString(), "no readable file", e);
    }
  }

  static BaseCatalogue parse(String source, byte[] yaml) {
    Document document;
    try {
      if (MAPPER.readTree(yaml).isMissingNode()) {
        return EMPTY;
      }
      document = MAPPER.readValue(yaml, Document.class);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw unusable(source, e.getOriginalMessage() + " (line " + line + ")", e);
    }
    if (document == null) {
      return EMPTY;
    }
    List<LearnedBase> bases = new ArrayList<>();
    for (Entry entry : document.bases() == null ? List.<Entry>of() : document.bases()) {
      bases.add(base(source, bases.size() + 1, entry));
    }
    return new BaseCatalogue(
        document.registries() == null ? null : new TreeSet<>(document.registries()), bases);
  }

  private static LearnedBase base(String source, int number, Entry entry) {
    if (entry.references() == null
        || entry.references().isEmpty()
        || entry.digest() == null
        || entry.platform() == null
        || entry.diffIds() == null) {
      throw unusable(
          source, "base " + number + ": expected references, digest, platform and diff-ids", null);
    }
    try {
      return new LearnedBase(
          entry.references(),
          Digest.parse(entry.digest()),
          entry.index() == null ? null : Digest.parse(entry.index()),
          Platform.parse(entry.platform()),
          entry.created() == null ? null : Instant.parse(entry.created()),
          entry.diffIds().stream().map(Digest::parse).toList());
    } catch (TareException | IllegalArgumentException | DateTimeException e) {
      throw unusable(source, "base " + number + ": " + e.getMessage(), e);
    }
  }

  private static TareException unusable(String source, String why, @Nullable Throwable cause) {
    return new TareException(
        FailureKind.USAGE,
        "read bases " + source + ": " + why,
        "config/bases.yaml shows the form; tare bases learn writes it.",
        cause);
  }

  /** Both; where this one lists registries, those of the other do not count. */
  public BaseCatalogue over(BaseCatalogue other) {
    return new BaseCatalogue(
        registries == null ? other.registries : registries, merged(other.bases, bases));
  }

  /** With these bases too; one that is known by its digest is replaced and keeps its names. */
  public BaseCatalogue plus(List<LearnedBase> learned) {
    return new BaseCatalogue(registries, merged(bases, learned));
  }

  private static List<LearnedBase> merged(List<LearnedBase> earlier, List<LearnedBase> later) {
    Map<Digest, LearnedBase> merged = new LinkedHashMap<>();
    earlier.forEach(base -> merged.put(base.digest(), base));
    for (LearnedBase base : later) {
      LearnedBase known = merged.get(base.digest());
      Set<String> references = new TreeSet<>(base.references());
      if (known != null) {
        references.addAll(known.references());
      }
      merged.put(
          base.digest(),
          new LearnedBase(
              List.copyOf(references),
              base.digest(),
              base.index(),
              base.platform(),
              base.created(),
              base.diffIds()));
    }
    return merged.values().stream()
        .sorted(
            Comparator.comparing((LearnedBase base) -> base.references().getFirst())
                .thenComparing(base -> base.platform().toString())
                .thenComparing(LearnedBase::digest))
        .toList();
  }

  /** Writes the file, whole or not at all; throws ENVIRONMENT where that cannot be done. */
  public void write(Path file) {
    try {
      Path target = file.toAbsolutePath();
      Path written = Files.createTempFile(target.getParent(), "bases", ".tmp");
      String yaml = HEADER + MAPPER.writeValueAsString(document());
      Files.write(written, yaml.getBytes(StandardCharsets.UTF_8));
      Files.move(
          written, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "write bases " + file + ": " + FileReason.of(e),
          "Name a file you may write with --bases.",
          e);
    }
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    if (registries != null) {
      document.put("registries", registries);
    }
    document.put("bases", bases.stream().map(BaseCatalogue::entry).toList());
    return document;
  }

  private static Map<String, Object> entry(LearnedBase base) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("references", base.references());
    entry.put("digest", base.digest().toString());
    if (base.index() != null) {
      entry.put("index", base.index().toString());
    }
    entry.put("platform", base.platform().toString());
    if (base.created() != null) {
      entry.put("created", base.created().toString());
    }
    entry.put("diff-ids", base.diffIds().stream().map(Digest::toString).toList());
    return entry;
  }

  /** The registries that may be asked for bases. */
  public Set<String> registries() {
    return registries == null ? Set.of() : Set.copyOf(registries);
  }

  /** The bases, by name. */
  public List<LearnedBase> bases() {
    return bases;
  }

  /** The bases whose whole stack of layers has one of these chain IDs. */
  public List<KnownImage> withChainId(Collection<Digest> chainIds) {
    return chainIds.stream()
        .distinct()
        .flatMap(chainId -> byChainId.getOrDefault(chainId, List.of()).stream())
        .toList();
  }

  /** The base with this manifest digest, or those of the index with this digest. */
  public List<KnownImage> withDigest(Digest digest) {
    return byDigest.getOrDefault(digest, List.of());
  }
}
