package dev.tare.cli.page;

import dev.tare.batch.SmallerBases;
import dev.tare.finding.SmallerBase;
import dev.tare.lineage.Ancestor;
import dev.tare.lineage.Forest;
import dev.tare.lineage.ForestImage;
import dev.tare.lineage.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A forest for programs. */
public final class ForestJson {
  private ForestJson() {}

  /** The document; sizes are compressed bytes. */
  record Document(String run, List<Node> trees) {}

  /**
   * A base or image.
   *
   * @param names several where they cannot be told apart
   * @param images of the run that stand here; empty for an ancestor that was not scanned
   * @param addedBytes null where it is not known
   * @param touches the images that stand on it
   * @param smaller relatives of a base, for each of its platforms; empty for what carries nothing
   */
  record Node(
      List<String> names,
      List<Image> images,
      @Nullable Long sizeBytes,
      @Nullable Long addedBytes,
      long togetherBytes,
      List<String> touches,
      List<SmallerBase> smaller,
      List<Node> children) {}

  /** One manifest. */
  record Image(
      String reference,
      String digest,
      String platform,
      List<String> evidence,
      @Nullable Double confidence,
      boolean tie,
      @Nullable Boolean outdated,
      @Nullable Integer lagDays) {}

  public static String text(String run, Forest forest, SmallerBases smaller) {
    return JsonMapper.builder()
        .build()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(
            new Document(run, forest.trees().stream().map(tree -> node(tree, smaller)).toList()));
  }

  private static Node node(Tree tree, SmallerBases smaller) {
    return new Node(
        tree.names(),
        tree.images().stream().map(ForestJson::image).toList(),
        tree.sizeBytes(),
        tree.addedBytes(),
        tree.togetherBytes(),
        tree.above().stream().map(ForestImage::name).distinct().toList(),
        tree.children().isEmpty()
            ? List.of()
            : tree.images().stream()
                .flatMap(image -> smaller.of(image.digest()).stream())
                .flatMap(base -> base.smaller().stream())
                .toList(),
        tree.children().stream().map(child -> node(child, smaller)).toList());
  }

  private static Image image(ForestImage image) {
    Ancestor parent = image.parent();
    return new Image(
        image.name(),
        image.digest().toString(),
        image.platform(),
        parent == null ? List.of() : parent.evidence(),
        parent == null ? null : parent.confidence(),
        parent != null && parent.tie(),
        image.outdated().known() ? image.isOutdated() : null,
        image.outdated().lagDays());
  }
}
