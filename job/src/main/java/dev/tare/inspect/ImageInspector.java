package dev.tare.inspect;

import dev.tare.inspect.packages.PackageReaders;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.system.EndOfLife;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.layer.LayerFacts;
import dev.tare.lineage.Lineage;
import dev.tare.oci.Glob;
import java.util.Collection;
import java.util.List;

/** Turns the facts of an image's layers into the facts of the image. Safe for concurrent use. */
public final class ImageInspector {
  private final ToolCatalog tools;
  private final LeftoverCatalog leftovers;
  private final InspectionLimits limits;
  private final EndOfLife endOfLife = EndOfLife.shipped();
  private final List<PackageReader> packageReaders;
  private final KeptContent content;

  /** An inspector that looks for these. */
  public ImageInspector(ToolCatalog tools, LeftoverCatalog leftovers, InspectionLimits limits) {
    this(tools, leftovers, limits, PackageReaders.ALL);
  }

  /**
   * An inspector that looks for these.
   *
   * @param trustedSboms paths in images of SBOMs whose word counts as if it were measured
   */
  public ImageInspector(
      ToolCatalog tools,
      LeftoverCatalog leftovers,
      InspectionLimits limits,
      Collection<Glob> trustedSboms) {
    this(tools, leftovers, limits, PackageReaders.trusting(List.copyOf(trustedSboms)));
  }

  ImageInspector(
      ToolCatalog tools,
      LeftoverCatalog leftovers,
      InspectionLimits limits,
      List<PackageReader> packageReaders) {
    this.tools = tools;
    this.leftovers = leftovers;
    this.limits = limits;
    this.packageReaders = List.copyOf(packageReaders);
    this.content = new KeptContent(packageReaders);
  }

  /**
   * Measures an image.
   *
   * @param layers the facts of every layer of the manifest, root first; a layer that occurs twice
   *     stands here twice
   * @throws dev.tare.error.TareException of kind BAD_CONTENT where the layers are not those of the
   *     manifest
   */
  public ImageFacts inspect(
      ImageSubject subject, List<LayerFacts> layers, Lineage lineage, InspectionContext context) {
    return measure(subject, layers, lineage, context).facts();
  }

  /**
   * The facts, and what they lack because layers would have to be read once more.
   *
   * @param unread files that links lead to
   */
  public record Measured(ImageFacts facts, List<LinkedFile> unread) {}

  /** Like {@link #inspect}, and says what reading layers once more would add. */
  public Measured measure(
      ImageSubject subject, List<LayerFacts> layers, Lineage lineage, InspectionContext context) {
    return new Inspection(
            tools,
            leftovers,
            endOfLife,
            packageReaders,
            content,
            limits,
            subject,
            layers,
            lineage,
            context)
        .measure();
  }

  /** What reading layers once more would add to the facts of an image of these, root first. */
  public List<LinkedFile> unread(List<LayerFacts> layers) {
    MergedFilesystem filesystem =
        new MergedFilesystem(layers.stream().map(LayerFacts::index).toList());
    KeptFiles kept = new KeptFiles(layers, content, content.names(filesystem));
    filesystem.walk(kept);
    return Inspection.unread(kept);
  }
}
