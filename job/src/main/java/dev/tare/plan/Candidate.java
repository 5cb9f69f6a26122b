package dev.tare.plan;

import dev.tare.finding.ActionKind;
import dev.tare.finding.Worth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An action as it is put together: which failures of which images it has a part in. */
final class Candidate {
  /** A failure that it has a part in. */
  record Share(ImageView image, Failure failure, List<Place> places) {}

  private final Assignment.Key key;
  private final List<Share> shares = new ArrayList<>();
  private final Set<String> aims = new TreeSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private final Map<PlannedImage, ImageView> images = new LinkedHashMap<>();

  /** Tells it from others, in an order that is the same in every run. */
  private final String name;

  /** What it would end now that the actions before it are done. */
  private long worth;

  /** What it has a part in that has not ended. */
  private long potential;

  Candidate(Assignment.Key key) {
    this.key = key;
    this.name = key.owner() + " " + key.kind();
  }

  /** A failure that ends when all that it needs is done. */
  private static final class Finding {
    private final Failure failure;
    private final Set<Candidate> left;

    private Finding(Failure failure, Set<Candidate> needed) {
      this.failure = failure;
      this.left = new LinkedHashSet<>(needed);
    }

    private void creditLast() {
      if (left.size() == 1) {
        left.iterator().next().worth += Worth.of(failure.severity());
      }
    }

    private boolean without(Candidate done) {
      left.remove(done);
      creditLast();
      return left.isEmpty();
    }
  }

  /** A failure ends when all of these are done. */
  static void end(Failure failure, Set<Candidate> needed) {
    Finding finding = new Finding(failure, needed);
    for (Candidate candidate : needed) {
      candidate.findings.add(finding);
      candidate.potential += Worth.of(failure.severity());
    }
    finding.creditLast();
  }

  void add(ImageView image, Failure failure, List<Place> places, boolean measured) {
    shares.add(new Share(image, failure, places));
    images.putIfAbsent(image.image(), image);
    if (!measured) {
      aims.add(failure.rule());
    }
  }

  /** The other actions that end what this one has a part in: their worth changes with it. */
  Set<Candidate> beside() {
    Set<Candidate> beside = new LinkedHashSet<>();
    findings.forEach(finding -> beside.addAll(finding.left));
    beside.remove(this);
    return beside;
  }

  /** Marks it as done: the failures that end with it. */
  List<Failure> perform() {
    return findings.stream()
        .filter(finding -> finding.without(this))
        .map(finding -> finding.failure)
        .toList();
  }

  ActionKind kind() {
    return key.kind();
  }

  Owner owner() {
    return key.owner();
  }

  /** Whether it is about what the images add to their bases; null where that is not known. */
  @Nullable Boolean isOwn() {
    return switch (key.owner()) {
      case Owner.OfBase base -> false;
      case Owner.OnCurrentBase base -> true;
      case Owner.OfLine line -> isNoBases();
      case Owner.OfLayer layer -> isNoBases();
    };
  }

  /** What an image holds that stands on nobody knows what may be its base's. */
  private @Nullable Boolean isNoBases() {
    boolean known =
        kind() != ActionKind.BASE
            && shares.stream()
                .allMatch(share -> share.places().stream().allMatch(share.image()::tellsOrigin));
    return known ? true : null;
  }

  List<Share> shares() {
    return shares;
  }

  long worth() {
    return worth;
  }

  long potential() {
    return potential;
  }

  int imageCount() {
    return images.size();
  }

  String name() {
    return name;
  }

  List<ImageView> images() {
    return List.copyOf(images.values());
  }

  /** Rules of the failures that end with it or others, the worst first. */
  List<String> rules() {
    return shares.stream()
        .map(Share::failure)
        .filter(failure -> !aims.contains(failure.rule()))
        .sorted(Comparator.comparing(Failure::severity).reversed().thenComparing(Failure::rule))
        .map(Failure::rule)
        .distinct()
        .toList();
  }

  List<String> aims() {
    return List.copyOf(aims);
  }

  /** The steps that bring what fails, as far as the history tells them, in its order. */
  List<String> steps() {
    Set<String> steps = new LinkedHashSet<>();
    for (Share share : shares) {
      for (Place place : share.places()) {
        String step = step(share.image(), place);
        if (step != null && !step.isBlank()) {
          steps.add(step);
        }
      }
    }
    return List.copyOf(steps);
  }

  static @Nullable String step(ImageView image, Place place) {
    ImageView.LayerView layer = image.layer(place.layer());
    return layer != null && layer.createdBy() != null ? layer.createdBy() : place.step();
  }
}
