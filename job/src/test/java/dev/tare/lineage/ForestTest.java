package dev.tare.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.lineage.Lineage.Outdated;
import dev.tare.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers are named by a letter and weigh as many bytes as it is far in the alphabet: a is 1. */
class ForestTest {
  private static final String DEBIAN = "hub.test/debian:12";
  private static final String NODE = "hub.test/node:22";

  private final ForestImage debian = image(DEBIAN, "a");
  private final ForestImage node = image(NODE, "abc", ancestor(DEBIAN, 1));
  private final ForestImage web =
      image("hub.test/web:1", "abcd", ancestor(DEBIAN, 1), ancestor(NODE, 3));
  private final ForestImage api =
      image("hub.test/api:1", "abce", ancestor(DEBIAN, 1), ancestor(NODE, 3));
  private final ForestImage tool = image("hub.test/tool:1", "z");

  @Test
  void imagesStandUnderTheirAncestorsAndTheTreeThatCarriesMostIsFirst() {
    assertThat(drawn(Forest.of(List.of(tool, api, debian, node, web))))
        .containsExactly(
            "hub.test/debian:12",
            " hub.test/node:22",
            "  hub.test/api:1",
            "  hub.test/web:1",
            "hub.test/tool:1");
  }

  @Test
  void ofTwoRepositoriesWithOneDigestTheOneThatIsNamedCarriesTheImage() {
    ForestImage mirrored =
        new ForestImage(
            List.of("hub.test/mirror/debian:12"),
            debian.digest(),
            debian.platform(),
            debian.layers(),
            List.of(),
            Outdated.NO_PARENT);
    for (List<ForestImage> images :
        List.of(List.of(mirrored, debian, node), List.of(debian, mirrored, node))) {
      assertThat(drawn(Forest.of(images)))
          .containsExactly(DEBIAN, " " + NODE, "hub.test/mirror/debian:12");
    }
  }

  @Test
  void changeOfABaseTouchesAllThatStandsOnIt() {
    Tree root = Forest.of(List.of(debian, node, web, api)).trees().getFirst();
    assertThat(root.above()).containsExactlyInAnyOrder(node, web, api);
    assertThat(root.children().getFirst().above()).containsExactlyInAnyOrder(web, api);
  }

  @Test
  void sharedLayersWeighOnce() {
    Tree root = Forest.of(List.of(debian, node, web, api)).trees().getFirst();
    assertThat(root.sizeBytes()).isEqualTo(1);
    assertThat(root.togetherBytes()).isEqualTo(1 + 2 + 3 + 4 + 5);
    Tree nodeTree = root.children().getFirst();
    assertThat(nodeTree.sizeBytes()).isEqualTo(1 + 2 + 3);
    assertThat(nodeTree.addedBytes()).isEqualTo(2 + 3);
  }

  @Test
  void ancestorThatWasNotScannedWeighsWhatItsChildrenHaveOfIt() {
    Tree root = Forest.of(List.of(web)).trees().getFirst();
    assertThat(root.images()).isEmpty();
    assertThat(root.names()).containsExactly(DEBIAN + "@" + digest(DEBIAN));
    assertThat(root.sizeBytes()).isEqualTo(1);
    assertThat(root.children().getFirst().sizeBytes()).isEqualTo(1 + 2 + 3);
    assertThat(root.children().getFirst().addedBytes()).isNull();
  }

  @Test
  void ancestorThatIsOnlyNamedHasNoWeightAndNothingIsKnownToBeAdded() {
    Ancestor named = new Ancestor("hub.test/gone:1", null, 0, List.of("annotation"), 0.6, false);
    ForestImage child =
        new ForestImage(
            List.of("hub.test/app:1"),
            digest("app"),
            "linux/amd64",
            layers("ab"),
            List.of(named),
            Outdated.NO_PARENT);
    Tree root = Forest.of(List.of(child)).trees().getFirst();
    assertThat(root.sizeBytes()).isNull();
    assertThat(root.children().getFirst().addedBytes()).isNull();
    assertThat(root.children().getFirst().sizeBytes()).isEqualTo(3);
  }

  @Test
  void tiesStandTogetherAndCarryTheImageOnce() {
    Ancestor one =
        new Ancestor("hub.test/a:1", digest("hub.test/a:1"), 1, List.of("layers"), 1, true);
    Ancestor two =
        new Ancestor("hub.test/b:1", digest("hub.test/b:1"), 1, List.of("layers"), 1, true);
    Forest forest =
        Forest.of(
            List.of(
                image("hub.test/a:1", "a"),
                image("hub.test/b:1", "a"),
                image("hub.test/app:1", "ab", one, two)));
    assertThat(forest.trees()).hasSize(1);
    assertThat(forest.trees().getFirst().names()).containsExactly("hub.test/a:1", "hub.test/b:1");
    assertThat(forest.trees().getFirst().images()).hasSize(2);
    assertThat(forest.trees().getFirst().above()).hasSize(1);
  }

  @Test
  void prunedForestKeepsWhatAMatchStandsOnAndAllThatStandsOnIt() {
    Forest forest = Forest.of(List.of(debian, node, web, api, tool));
    assertThat(drawn(forest.pruned(tree -> tree.names().contains("hub.test/web:1"))))
        .containsExactly("hub.test/debian:12", " hub.test/node:22", "  hub.test/web:1");
    assertThat(drawn(forest.pruned(tree -> tree.names().contains(NODE))))
        .containsExactly(
            "hub.test/debian:12", " hub.test/node:22", "  hub.test/api:1", "  hub.test/web:1");
    assertThat(forest.pruned(tree -> false).trees()).isEmpty();
  }

  private static List<String> drawn(Forest forest) {
    List<String> lines = new ArrayList<>();
    forest.trees().forEach(tree -> draw(tree, "", lines));
    return lines;
  }

  private static void draw(Tree tree, String lead, List<String> lines) {
    lines.add(lead + String.join(" ", tree.names()));
    tree.children().stream()
        .sorted((a, b) -> a.names().getFirst().compareTo(b.names().getFirst()))
        .forEach(child -> draw(child, lead + " ", lines));
  }

  private static ForestImage image(String name, String layers, Ancestor... chain) {
    return new ForestImage(
        List.of(name),
        digest(name),
        "linux/amd64",
        layers(layers),
        List.of(chain),
        Outdated.NO_PARENT);
  }

  private static List<ForestImage.Layer> layers(String letters) {
    return letters
        .chars()
        .mapToObj(c -> new ForestImage.Layer(digest("layer " + c), c - 'a' + 1))
        .toList();
  }

  private static Ancestor ancestor(String name, int layers) {
    return new Ancestor(name, digest(name), layers, List.of("layers"), 1, false);
  }

  private static Digest digest(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
