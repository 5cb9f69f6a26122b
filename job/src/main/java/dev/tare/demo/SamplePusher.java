package dev.tare.demo;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import tools.jackson.databind.json.JsonMapper;

/** Pushes images that jib builds to one registry, and remembers which. */
final class SamplePusher {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final String registry;
  private final Path work;
  private final ExecutorService threads;
  private final List<Reference> pushed = new ArrayList<>();

  /**
   * A pusher.
   *
   * @param work a directory for its files; somebody else deletes it
   */
  SamplePusher(String registry, Path work, ExecutorService threads) {
    this.registry = registry;
    this.work = work;
    this.threads = threads;
  }

  /** What was pushed so far, a reference for each tag. */
  List<Reference> pushed() {
    return List.copyOf(pushed);
  }

  /** A directory for the files of layers. */
  Path work() {
    return work;
  }

  /** An image on top of one that was pushed before. */
  JibContainerBuilder on(Reference base) {
    return Jib.from(image(base));
  }

  /** Pushes and returns the digest of the manifest, or of the manifest list. */
  Digest push(JibContainerBuilder image, String repository, String... tags) {
    Reference first = Reference.tagged(registry, repository, tags[0]);
    Containerizer to =
        Containerizer.to(image(first))
            .setAllowInsecureRegistries(true)
            .setExecutorService(threads)
            .setBaseImageLayersCache(work.resolve("base-cache"))
            .setApplicationLayersCache(work.resolve("layer-cache"))
            .setToolName("tare-demo");
    for (String tag : tags) {
      to.withAdditionalTag(tag);
    }
    try {
      String digest = image.containerize(to).getDigest().toString();
      for (String tag : tags) {
        pushed.add(Reference.tagged(registry, repository, tag));
      }
      return Digest.parse(digest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(first, e);
    } catch (RegistryException
        | IOException
        | CacheDirectoryCreationException
        | ExecutionException e) {
      throw failed(first, e);
    }
  }

  /** An image whose only layer is this tar. */
  JibContainerBuilder of(String name, byte[] layerTar, Instant created, String step)
      throws IOException {
    Map<String, Object> config =
        Map.of(
            "architecture", "amd64",
            "os", "linux",
            "created", created.toString(),
            "config",
                Map.of(
                    "Env",
                    List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")),
            "rootfs",
                Map.of("type", "layers", "diff_ids", List.of(Digest.sha256(layerTar).toString())),
            "history", List.of(Map.of("created", created.toString(), "created_by", step)));
    byte[] manifest =
        MAPPER.writeValueAsBytes(
            List.of(Map.of("Config", "config.json", "Layers", List.of("layer.tar"))));
    byte[] archive =
        new SampleTar()
            .file("manifest.json", new String(manifest, StandardCharsets.UTF_8))
            .file("config.json", 0644, MAPPER.writeValueAsBytes(config))
            .file("layer.tar", 0644, layerTar)
            .bytes();
    return Jib.from(TarImage.at(Files.write(work.resolve(name + ".tar"), archive)));
  }

  private static RegistryImage image(Reference reference) {
    try {
      return RegistryImage.named(ImageReference.parse(reference.toString()));
    } catch (InvalidImageReferenceException e) {
      throw new IllegalArgumentException(reference.toString(), e);
    }
  }

  private static TareException failed(Reference image, Exception cause) {
    return new TareException(
        FailureKind.ENVIRONMENT,
        "push sample image " + image + ": " + cause.getMessage(),
        "Check that the registry lets images be pushed.",
        cause);
  }
}
