package dev.tare.registry.local;

import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import dev.tare.oci.WrittenName;
import dev.tare.registry.engine.EngineImage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the images of an engine are called here.
 *
 * @param byRepository the IDs by tag, by repository
 */
record EngineCatalog(Map<String, Map<String, Digest>> byRepository, List<EngineImage> images) {
  /** As engines shorten it; names of repositories that look like this are hardly any. */
  private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");

  /** What one engine writes in front of a name, and another leaves out. */
  private static final Pattern IMPLIED =
      Pattern.compile("^(?:localhost/|(?:docker\\.io/)?(?:library/)?)");

  static EngineCatalog of(List<EngineImage> images) {
    Map<String, Map<String, Digest>> byRepository = new TreeMap<>();
    for (EngineImage image : images) {
      for (String name : image.names()) {
        WrittenName written = WrittenName.of(name);
        String tag = Objects.requireNonNullElse(written.tag(), "latest");
        if (Reference.isTag(tag)) {
          byRepository
              .computeIfAbsent(
                  LocalNames.repository(written.repository()), repository -> new TreeMap<>())
              .putIfAbsent(tag, image.id());
        }
      }
    }
    return new EngineCatalog(byRepository, List.copyOf(images));
  }

  /** Whether a name can only be meant as an ID. */
  static boolean isId(String name) {
    return ID.matcher(name).matches();
  }

  /** The IDs by tag; empty where no image has this name. */
  Optional<Map<String, Digest>> tagged(String repository) {
    Map<String, Digest> exact = byRepository.get(repository);
    if (exact != null) {
      return Optional.of(exact);
    }
    String meant = bare(repository);
    return byRepository.entrySet().stream()
        .filter(entry -> bare(entry.getKey()).equals(meant))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String bare(String repository) {
    return IMPLIED.matcher(repository).replaceFirst("");
  }

  /** The image whose ID begins like this; empty where there is none or several. */
  Optional<Digest> byId(String start) {
    List<Digest> found =
        isId(start)
            ? images.stream()
                .map(EngineImage::id)
                .filter(id -> id.hex().startsWith(start))
                .distinct()
                .toList()
            : List.of();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
