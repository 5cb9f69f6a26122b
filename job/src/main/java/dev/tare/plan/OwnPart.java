package dev.tare.plan;

import dev.tare.facts.StoredFacts;
import dev.tare.finding.ActionKind;
import dev.tare.finding.ImageSummary;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.OwnReading;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Score;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.finding.WaiverUse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A run, told of the images' own part alone: a finding that bases bring does not apply to the image
 * any more, and one of which nobody knows whether they do is unknown. Whose a finding is, the plan
 * says: its action is that of a base, or that of the image; but vulnerable packages are of who
 * brought them, whoever has to build again. What fails on a base that the run judged is its own
 * there, however many images inherit it. Facts stay those of whole images. Not safe for concurrent
 * use.
 */
public final class OwnPart implements RunResults {
  private static final Assignment.Part OWN =
      new Assignment.Part(
          new Assignment.Key(ActionKind.OTHER, new Owner.OfLine("")),
          new Place(null, false, null, null, null));

  private final RunResults whole;
  private final Sharing sharing = new Sharing();
  private final Map<String, ActionKind> kinds;
  private final Assignment assignment;

  /** The digests of the images. */
  private final Set<String> judged;

  private final RunSummary summary;
  private final OwnReading own;

  private OwnPart(RunResults whole) {
    this.whole = whole;
    kinds = whole.rules().stream().collect(Collectors.toMap(RuleDoc::id, RuleDoc::action));
    Set<String> stoodOn = new HashSet<>();
    Map<String, String> references = new HashMap<>();
    whole.forEachImage(image -> {
      references.putIfAbsent(image.digest(), image.reference());
      stoodOn.addAll(ImageView.of(image, kinds, sharing).standsOn());
    });
    assignment = new Assignment(stoodOn, references);
    judged = references.keySet();
    Tally tally = new Tally();
    whole.forEachImage(image -> tally.add(part(image, tally)));
    summary = tally.summary(whole.summary());
    own = tally.reading();
  }

  /** Of these results, which are read twice for it. */
  public static OwnPart of(RunResults whole) {
    return new OwnPart(whole);
  }

  @Override
  public OwnReading own() {
    return own;
  }

  @Override
  public RunInfo run() {
    return whole.run();
  }

  @Override
  public RunSummary summary() {
    return summary;
  }

  @Override
  public void forEachImage(Consumer<JudgedImage> consumer) {
    whole.forEachImage(image -> consumer.accept(part(image, Listener.NOTHING)));
  }

  @Override
  public List<NotInspected> notInspected() {
    return whole.notInspected();
  }

  @Override
  public List<String> gone() {
    return whole.gone();
  }

  @Override
  public List<WaiverUse> waivers() {
    return whole.waivers();
  }

  @Override
  public List<RuleDoc> rules() {
    return whole.rules();
  }

  /** Hears of findings that are not, or may not be, an image's own. */
  private interface Listener {
    Listener NOTHING =
        new Listener() {
          @Override
          public void inherited(JudgedImage image, Outcome outcome, Map<String, Boolean> bases) {}

          @Override
          public void unknown(JudgedImage image, Outcome outcome) {}
        };

    /**
     * A finding that bases bring.
     *
     * @param bases their names, and whether the run judged them
     */
    void inherited(JudgedImage image, Outcome outcome, Map<String, Boolean> bases);

    void unknown(JudgedImage image, Outcome outcome);
  }

  private JudgedImage part(JudgedImage image, Listener listener) {
    ImageView view = ImageView.of(image, kinds, sharing);
    Iterator<Failure> failures = view.failures().iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (Outcome outcome : image.outcomes()) {
      outcomes.add(
          outcome.kind() == OutcomeKind.FAIL
              ? part(image, view, outcome, failures.next(), listener)
              : outcome);
    }
    return image.judgedBy(outcomes);
  }

  private Outcome part(
      JudgedImage image, ImageView view, Outcome outcome, Failure failure, Listener listener) {
    Map<String, Boolean> bases = new TreeMap<>();
    boolean known = true;
    for (Assignment.Part part : parts(image, view, outcome, failure)) {
      Owner owner = part.key().owner();
      if (owner instanceof Owner.OfBase base && !assignment.isItself(owner, view)) {
        List<ImageView.Ancestor> meant =
            assignment.meant(base, view).stream().filter(one -> one.layers() > 0).toList();
        // A base that is named and not proved by its layers may be another.
        known &= !meant.isEmpty();
        bases.put(base.reference(), meant.stream().allMatch(one -> judged.contains(one.digest())));
      } else if (isKnown(part, view)) {
        return outcome;
      } else {
        known = false;
      }
    }
    if (!known) {
      listener.unknown(image, outcome);
      return outcome.answered(
          OutcomeKind.UNKNOWN, "Whether a base brings it is not known: " + outcome.message(), null);
    }
    listener.inherited(image, outcome, bases);
    return outcome.answered(
        OutcomeKind.NOT_APPLICABLE,
        "Brought by " + String.join(" and ", bases.keySet()) + ": " + outcome.message(),
        null);
  }

  private List<Assignment.Part> parts(
      JudgedImage image, ImageView view, Outcome outcome, Failure failure) {
    List<Place> vulnerable =
        VulnerablePlaces.of(
            outcome, failure.kind(), StoredFacts.of(image.facts()).vulnerabilities());
    if (vulnerable.isEmpty()) {
      // In a budget that is missed, what the image adds has a part.
      return failure.over() == null ? assignment.of(view, failure).parts() : List.of(OWN);
    }
    return vulnerable.stream().map(place -> assignment.at(view, failure.kind(), place)).toList();
  }

  /** What is in an image that others stand on is its own where no base of it is known. */
  private static boolean isKnown(Assignment.Part part, ImageView image) {
    return switch (part.key().owner()) {
      case Owner.OfBase itself -> true;
      case Owner.OnCurrentBase base -> true;
      case Owner.OfLine line -> tellsOrigin(part, image);
      case Owner.OfLayer layer -> tellsOrigin(part, image);
    };
  }

  private static boolean tellsOrigin(Assignment.Part part, ImageView image) {
    return part.key().kind() != ActionKind.BASE && image.tellsOrigin(part.place());
  }

  /** Adds up what is told of images, and what is told beside them. */
  private static final class Tally implements Listener {
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private final Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
    private final Score.Mean scores = new Score.Mean();
    private final Map<String, Brought> brought = new HashMap<>();
    private final Map<Severity, Integer> unknown = new EnumMap<>(Severity.class);
    private final Set<List<String>> unknownImages = new HashSet<>();

    /** Of one base: its findings by rule and identity, and the images. */
    private static final class Brought {
      private final Map<String, Severity> findings = new HashMap<>();
      private final Set<String> images = new TreeSet<>();
      private boolean judged = true;
    }

    @Override
    public void inherited(JudgedImage image, Outcome outcome, Map<String, Boolean> bases) {
      bases.forEach((base, judged) -> {
        Brought one = brought.computeIfAbsent(base, name -> new Brought());
        one.findings.merge(
            outcome.rule() + " " + Failure.identity(outcome),
            outcome.severity(),
            (first, other) -> first.compareTo(other) >= 0 ? first : other);
        one.images.add(image.reference());
        one.judged &= judged;
      });
    }

    @Override
    public void unknown(JudgedImage image, Outcome outcome) {
      unknown.merge(outcome.severity(), 1, Integer::sum);
      if (outcome.severity() != Severity.NOTE) {
        unknownImages.add(List.of(image.reference(), image.digest(), image.platform()));
      }
    }

    void add(JudgedImage own) {
      verdicts.merge(own.verdict(), 1, Integer::sum);
      scores.add(own.score());
      ImageSummary.findings(own)
          .forEach((severity, count) -> findings.merge(severity, count, Integer::sum));
    }

    RunSummary summary(RunSummary whole) {
      return new RunSummary(
          whole.repositories(),
          whole.images(),
          verdicts.getOrDefault(Verdict.COMPLIANT, 0),
          verdicts.getOrDefault(Verdict.FAILING, 0),
          verdicts.getOrDefault(Verdict.UNKNOWN, 0),
          whole.notInspected(),
          whole.attached(),
          whole.layersUnique(),
          whole.layersFetched(),
          whole.bytesFetched(),
          findings,
          whole.vulnerabilities(),
          scores.value());
    }

    OwnReading reading() {
      return new OwnReading(
          brought.entrySet().stream()
              .map(entry -> inherited(entry.getKey(), entry.getValue()))
              .sorted(OwnReading.Inherited.WORST_FIRST)
              .toList(),
          unknown,
          unknownImages.size());
    }

    private OwnReading.Inherited inherited(String base, Brought brought) {
      Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
      brought.findings.values().forEach(severity -> counts.merge(severity, 1, Integer::sum));
      return new OwnReading.Inherited(base, brought.judged, counts, List.copyOf(brought.images));
    }
  }
}
