package dev.tare.plan;

import dev.tare.finding.ActionKind;
import dev.tare.oci.Digest;
import dev.tare.plan.ImageView.Ancestor;
import dev.tare.plan.ImageView.LayerView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says for the failures of a run which actions end them: all of a failure's parts have to be done.
 */
final class Assignment {
  /** An action, before it is known how much it ends. */
  record Key(ActionKind kind, Owner owner) {}

  /** A place of a failure, and the action that ends what is there. */
  record Part(Key key, Place place) {}

  /**
   * A failure's parts.
   *
   * @param measured whether it is known that it ends when all of them are done
   */
  record Parts(List<Part> parts, boolean measured) {}

  private static final Place WHOLE = new Place(null, null, null, null, null);

  private final Set<String> bases;
  private final Map<String, Set<String>> linesOfLayer;

  /** The names of images, by digest. */
  private final Map<String, String> references;

  /**
   * Among images on these bases, of whose layers it is not asked which lines share them.
   *
   * @param bases digests of what images stand on
   * @param references the names of images, by digest
   */
  Assignment(Set<String> bases, Map<String, String> references) {
    this(bases, Map.of(), references);
  }

  private Assignment(
      Set<String> bases, Map<String, Set<String>> linesOfLayer, Map<String, String> references) {
    this.bases = bases;
    this.linesOfLayer = linesOfLayer;
    this.references = references;
  }

  /** Among these images, which have these names by their digests. */
  static Assignment of(List<ImageView> images, Map<String, String> references) {
    Set<String> bases = new HashSet<>();
    Map<String, Set<String>> linesOfLayer = new HashMap<>();
    for (ImageView image : images) {
      bases.addAll(image.standsOn());
      image
          .layers()
          .forEach(layer ->
              linesOfLayer
                  .computeIfAbsent(layer.digest(), none -> new HashSet<>())
                  .add(image.line()));
    }
    linesOfLayer.remove("");
    return new Assignment(bases, linesOfLayer, references);
  }

  Parts of(ImageView image, Failure failure) {
    if (failure.places().isEmpty()) {
      return whole(image, failure);
    }
    List<Part> parts = new ArrayList<>();
    for (Place place : failure.places()) {
      parts.add(at(image, failure.kind(), place));
    }
    return new Parts(parts.stream().distinct().toList(), isMeasured(failure));
  }

  /**
   * Whether a failure ends with what it is about. A budget may be missed all the same, and which
   * versions of packages a rebuild brings is not known.
   */
  static boolean isMeasured(Failure failure) {
    return switch (failure.kind()) {
      case REBUILD -> false;
      case BASE, INSTALL, STAGES -> failure.over() == null;
      case USER, CLEANUP, PIN, SECRET, CONFIGURATION, OTHER -> true;
    };
  }

  /** What ends something of this kind in a place. */
  Part at(ImageView image, ActionKind kind, Place place) {
    return new Part(key(image, kind, place), place);
  }

  private Key key(ImageView image, ActionKind kind, Place place) {
    Ancestor ancestor = ancestor(image, place);
    if (ancestor != null) {
      return new Key(inBase(kind), base(ancestor));
    }
    if (bases.contains(image.image().digest())) {
      return new Key(inBase(kind), itself(image));
    }
    ActionKind own = kind == ActionKind.BASE && image.isParted() ? ActionKind.INSTALL : kind;
    LayerView layer = image.layer(place.layer());
    return layer != null && linesOfLayer.getOrDefault(layer.digest(), Set.of()).size() > 1
        ? new Key(own, new Owner.OfLayer(layer.digest()))
        : new Key(own, new Owner.OfLine(image.line()));
  }

  private static @Nullable Ancestor ancestor(ImageView image, Place place) {
    if (Boolean.FALSE.equals(place.inBase())) {
      return null;
    }
    Integer layer = place.layer();
    if (layer != null) {
      return image.bringer(layer);
    }
    return Boolean.TRUE.equals(place.inBase()) ? image.parent() : null;
  }

  /** Whatever a base brings ends with a change of it; secrets have to be revoked all the same. */
  private static ActionKind inBase(ActionKind kind) {
    return kind == ActionKind.SECRET || kind == ActionKind.REBUILD ? kind : ActionKind.BASE;
  }

  /** Whether this is the image itself, which others stand on. */
  boolean isItself(Owner owner, ImageView image) {
    return owner.equals(itself(image));
  }

  private Owner itself(ImageView image) {
    return base(image.image().digest(), image.image().reference());
  }

  private Owner base(Ancestor ancestor) {
    return base(ancestor.digest(), ancestor.reference());
  }

  private Owner base(String digest, String reference) {
    return new Owner.OfBase(references.getOrDefault(digest, reference));
  }

  /** The ancestors of an image that this base is, on whatever platform. */
  List<Ancestor> meant(Owner.OfBase base, ImageView image) {
    return image.ancestors().stream().filter(one -> base(one).equals(base)).toList();
  }

  /** What is about the image as a whole. */
  private Parts whole(ImageView image, Failure failure) {
    return switch (failure.kind()) {
      case BASE ->
          new Parts(List.of(new Part(changedBase(image, failure), WHOLE)), isMeasured(failure));
      case REBUILD -> rebuilt(image, failure);
      case CLEANUP -> own(image, failure, failure.over() == null);
      case INSTALL, STAGES, USER, PIN, SECRET, CONFIGURATION, OTHER ->
          own(image, failure, isMeasured(failure));
    };
  }

  private static Parts own(ImageView image, Failure failure, boolean measured) {
    Key key = new Key(failure.kind(), new Owner.OfLine(image.line()));
    return new Parts(List.of(new Part(key, WHOLE)), measured);
  }

  private Key changedBase(ImageView image, Failure failure) {
    Ancestor parent = named(image, failure);
    if (parent != null) {
      return new Key(ActionKind.BASE, base(parent));
    }
    return new Key(
        ActionKind.BASE,
        bases.contains(image.image().digest()) ? itself(image) : new Owner.OfLine(image.line()));
  }

  /** The ancestor that the evidence names, else the nearest. */
  private static @Nullable Ancestor named(ImageView image, Failure failure) {
    return image.ancestors().stream()
        .filter(ancestor -> ancestor.reference().equals(failure.base()))
        .findFirst()
        .orElse(image.parent());
  }

  private Parts rebuilt(ImageView image, Failure failure) {
    Ancestor parent = image.parent();
    if (parent == null) {
      return own(image, failure, true);
    }
    Integer lag = image.outdated().lagDays();
    Digest current = image.outdated().currentDigest();
    boolean outdated =
        Boolean.TRUE.equals(image.outdated().known())
            && current != null
            && !current.toString().equals(parent.digest());
    boolean ofBase = failure.base() != null;
    if (ofBase && !outdated) {
      // What the tag of the base names now is no newer: the base comes first.
      Ancestor named = named(image, failure);
      Ancestor base = named == null ? parent : named;
      Owner owner = base(base);
      return new Parts(List.of(new Part(new Key(ActionKind.REBUILD, owner), WHOLE)), true);
    }
    Failure.Excess over = failure.over();
    boolean ends = !ofBase || over == null || (lag != null && over.found() - lag <= over.allowed());
    Key key = new Key(ActionKind.REBUILD, new Owner.OnCurrentBase(parent.reference()));
    return new Parts(List.of(new Part(key, WHOLE)), ends);
  }
}
