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

  /** What stands for Docker Hub in front of a name; Podman writes it, and Docker leaves it out. */
  private static final Pattern HUB = Pattern.compile("^(?:docker\\.io/)?(?:library/)?");

  /** What Podman writes in front of the name of an image that was built without one. */
  private static final String LOCALHOST = "localhost/";

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
    Map<String, Digest> meant = new TreeMap<>();
    byRepository.forEach((listed, tags) -> {
      if (isMeant(repository, listed)) {
        tags.forEach(meant::putIfAbsent);
      }
    });
    return meant.isEmpty() ? Optional.empty() : Optional.of(meant);
  }

  /** Whether a name means an image that the engine lists under this other one. */
  private static boolean isMeant(String name, String listed) {
    return listed.equals(LOCALHOST + name) || ofHub(listed).equals(ofHub(name));
  }

  private static String ofHub(String repository) {
    return HUB.matcher(repository).replaceFirst("");
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
