package dev.tare.batch;

import dev.tare.inspect.ImageInspector;
import dev.tare.layer.ContentInterest;
import dev.tare.layer.LayerScanner;
import dev.tare.layer.PartialScanner;
import dev.tare.policy.BundleFetcher;
import dev.tare.registry.RegistryOptions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run measures with.
 *
 * @param interest which content of layers is kept, by the scanners here
 * @param scanner of whole layers
 * @param partialScanner of layers that have a table of contents
 * @param wholeLayers whether those are read whole too
 * @param trustedSboms paths in images of SBOMs whose word counts as if it were measured
 * @param clock the only source of time
 * @param version of Tare
 * @param program equal for the same classes and lists: what another one came to is not used again
 * @param parallelism how many layers are read, images described and judged side by side
 * @param registries how registries and other servers are reached
 * @param bundles brings policy bundles that are no files
 */
public record RunSettings(
    ContentInterest interest,
    LayerScanner scanner,
    PartialScanner partialScanner,
    boolean wholeLayers,
    ImageInspector inspector,
    List<String> trustedSboms,
    Clock clock,
    String version,
    String program,
    int parallelism,
    RegistryOptions registries,
    BundleFetcher bundles) {
  /** What facts are made by: the program, and what is said to it about all images. */
  String factsBy() {
    return String.join(
        "\n",
        Stream.concat(Stream.of(program), trustedSboms.stream().distinct().sorted()).toList());
  }
}
