package dev.tare.plan;

import dev.tare.finding.ActionKind;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.finding.SmallerBase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan of images that are handed over one after the other. Keeps of each what failed,
 * where, and its layers. Not safe for concurrent use.
 */
public final class Planner {
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingLong(Candidate::worth)
          .thenComparingLong(Candidate::potential)
          .thenComparingInt(Candidate::imageCount)
          .reversed()
          .thenComparing(Candidate::name);

  private final Sharing sharing = new Sharing();
  private final List<ImageView> images = new ArrayList<>();
  private final Map<String, String> references = new HashMap<>();
  private final Map<Assignment.Key, Candidate> candidates = new LinkedHashMap<>();
  private final Map<Severity, Integer> findings = new EnumMap<>(Severity.class);

  private final Map<String, ActionKind> kinds;
  private final ComparedBases bases;

  /**
   * For images that these rules judge.
   *
   * @param bases what the images stand on, beside smaller images
   */
  public Planner(Collection<RuleDoc> rules, Collection<ReportedBase> bases) {
    this(rules, new ComparedBases(bases));
  }

  /**
   * For images that these rules judge, some of those of a run.
   *
   * @param bases of the whole run, with what they came to
   */
  public Planner(Collection<RuleDoc> rules, ComparedBases bases) {
    this.bases = bases;
    kinds = rules.stream().collect(Collectors.toMap(RuleDoc::id, RuleDoc::action));
  }

  /** The next image, with its facts. */
  public void add(JudgedImage image) {
    images.add(ImageView.of(image, kinds, sharing));
    references.putIfAbsent(image.digest(), image.reference());
    bases.add(image);
  }

  /** The plan for these images; asked for once. */
  public Plan plan() {
    Assignment assignment = Assignment.of(images, references);
    for (ImageView image : images) {
      for (Failure failure : image.failures()) {
        assign(image, failure, assignment.of(image, failure));
      }
    }
    Savings savings = new Savings(images);
    NavigableSet<Candidate> left = new TreeSet<>(BEST_FIRST);
    left.addAll(candidates.values());
    List<Action> actions = new ArrayList<>();
    for (Candidate best = left.pollFirst(); best != null; best = left.pollFirst()) {
      // What changes its place in the order is taken out before it does.
      Set<Candidate> beside = best.beside();
      beside.forEach(left::remove);
      actions.add(action(best, best.perform(), savings));
      left.addAll(beside);
    }
    return new Plan(actions, findings);
  }

  private void assign(ImageView image, Failure failure, Assignment.Parts parts) {
    findings.merge(failure.severity(), 1, Integer::sum);
    Map<Candidate, List<Place>> shares = new LinkedHashMap<>();
    for (Assignment.Part part : parts.parts()) {
      shares
          .computeIfAbsent(
              candidates.computeIfAbsent(part.key(), Candidate::new), none -> new ArrayList<>())
          .add(part.place());
    }
    shares.forEach((candidate, places) -> candidate.add(image, failure, places, parts.measured()));
    if (parts.measured()) {
      Candidate.end(failure, shares.keySet());
    }
  }

  private Action action(Candidate candidate, List<Failure> ended, Savings savings) {
    Map<Severity, Integer> ends = new EnumMap<>(Severity.class);
    ended.forEach(failure -> ends.merge(failure.severity(), 1, Integer::sum));
    List<ImageView> changed = candidate.images();
    String subject = subject(candidate.owner(), changed);
    boolean base = candidate.owner() instanceof Owner.OfBase;
    Proposal proposal = proposal(candidate);
    return new Action(
        candidate.kind(),
        Titles.of(candidate.kind(), candidate.owner(), subject),
        subject,
        base,
        candidate.isOwn(),
        changed.stream().map(ImageView::image).sorted().toList(),
        ends,
        candidate.rules(),
        candidate.aims(),
        candidate.steps(),
        base ? List.of() : Corrections.of(candidate.shares()),
        proposal,
        saving(candidate, changed, proposal, savings));
  }

  private String subject(Owner owner, List<ImageView> changed) {
    return switch (owner) {
      case Owner.OfBase base -> base.reference();
      case Owner.OnCurrentBase base -> base.reference();
      case Owner.OfLine line -> of(line.line(), changed);
      case Owner.OfLayer layer -> {
        Set<String> lines = new TreeSet<>();
        changed.forEach(image -> lines.add(image.line()));
        String first = lines.iterator().next();
        yield lines.size() == 1
            ? of(first, changed)
            : first + " and " + (lines.size() - 1) + " more that share a layer";
      }
    };
  }

  /** The image where it is one, else its line. */
  private static String of(String line, List<ImageView> changed) {
    Set<String> names = new LinkedHashSet<>();
    changed.forEach(image -> names.add(image.image().reference()));
    return names.size() == 1 ? names.iterator().next() : line;
  }

  private @Nullable Proposal proposal(Candidate candidate) {
    if (candidate.kind() != ActionKind.BASE
        || !(candidate.owner() instanceof Owner.OfBase(String reference))) {
      return null;
    }
    List<String> rules = candidate.rules();
    Map<ImageView, Standing> standing = standing(reference, candidate.images());
    Map<String, Optional<Prospect>> prospects = new HashMap<>();
    return standing.values().stream()
        .map(Standing::digest)
        .distinct()
        .flatMap(
            digest -> bases.smaller(digest).stream().filter(one -> !bases.isWorse(one, digest)))
        .filter(one -> !one.reference().equals(reference))
        .map(one ->
            proposal(
                one,
                rules,
                prospects
                    .computeIfAbsent(one.reference(), proposed -> prospect(standing, proposed))
                    .orElse(null)))
        .filter(one -> one.worth() > 0 || !one.passes().isEmpty() || one.fails().isEmpty())
        .filter(one -> one.worth() >= 0)
        .max(
            Comparator.comparingLong(Proposal::worth)
                .thenComparingInt(one -> one.passes().size())
                .thenComparing(Proposal::sameOs)
                .thenComparingLong(Proposal::bytesLess)
                .thenComparing(Proposal::reference, Comparator.reverseOrder()))
        .orElse(null);
  }

  /** What the images that stand on a base would be on another one, each for its platform. */
  private Optional<Prospect> prospect(Map<ImageView, Standing> standing, String proposed) {
    Prospect.Sum sum = new Prospect.Sum();
    standing.forEach((image, on) -> {
      if (image.image().digest().equals(on.digest())) {
        return;
      }
      String other =
          bases.smaller(on.digest()).stream()
              .filter(one -> one.reference().equals(proposed))
              .map(SmallerBase::digest)
              .findFirst()
              .orElse("");
      image.predictions().stream()
          .filter(one -> one.base().equals(on.digest()) && one.other().equals(other))
          .findFirst()
          .ifPresentOrElse(one -> sum.add(image, one), sum::addUnknown);
    });
    return sum.sum();
  }

  private Proposal proposal(SmallerBase image, List<String> rules, @Nullable Prospect prospect) {
    Map<String, Outcome> verdict = bases.verdict(image.digest());
    List<String> passes = new ArrayList<>();
    List<String> fails = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String rule : rules) {
      Outcome outcome = verdict.get(rule);
      switch (outcome == null ? OutcomeKind.UNKNOWN : outcome.kind()) {
        case PASS, NOT_APPLICABLE -> passes.add(rule);
        case FAIL, WAIVED -> fails.add(rule);
        case UNKNOWN -> unknown.add(rule);
      }
    }
    return new Proposal(
        image.reference(),
        image.digest(),
        image.sizeBytes(),
        image.bytesLess(),
        image.sameOs(),
        passes,
        fails,
        unknown,
        prospect);
  }

  private @Nullable Saving saving(
      Candidate candidate, List<ImageView> changed, @Nullable Proposal proposal, Savings savings) {
    return switch (candidate.owner()) {
      case Owner.OfBase base ->
          proposal == null
              ? null
              : saving(standing(base.reference(), changed), proposal.reference(), savings);
      case Owner.OnCurrentBase base -> null;
      case Owner.OfLine line -> savings.ofContent(candidate.shares());
      case Owner.OfLayer layer -> savings.ofContent(candidate.shares());
    };
  }

  /** How these images stand on a base, those that are it included. */
  private Map<ImageView, Standing> standing(String base, List<ImageView> changed) {
    Map<ImageView, Standing> standing = new LinkedHashMap<>();
    for (ImageView image : changed) {
      String digest = image.image().digest();
      if (base.equals(references.get(digest))) {
        standing.put(image, new Standing(digest, image.layers().size()));
      }
      for (ImageView.Ancestor ancestor : image.ancestors()) {
        if (base.equals(references.getOrDefault(ancestor.digest(), ancestor.reference()))) {
          standing.put(image, new Standing(ancestor.digest(), ancestor.layers()));
        }
      }
    }
    return standing;
  }

  /** Each platform of the base gives way to the smaller image for that platform. */
  private Saving saving(Map<ImageView, Standing> standing, String proposed, Savings savings) {
    Map<String, SmallerBase> replacements = new HashMap<>();
    for (Standing one : standing.values()) {
      bases.smaller(one.digest()).stream()
          .filter(image -> image.reference().equals(proposed))
          .findFirst()
          .ifPresent(image -> replacements.put(one.digest(), image));
    }
    return savings.ofBase(standing, replacements, references.keySet());
  }
}
