package dev.tare.finding;

/**
 * A finding of an earlier run that this run does not have.
 *
 * @param reference of an image that had it
 * @param repository with its registry
 */
public record EarlierFinding(
    String rule,
    Severity severity,
    String reference,
    String repository,
    String platform,
    String fingerprint) {
  /** What came out of an image of that run. */
  static EarlierFinding of(JudgedImage image, Outcome outcome) {
    return new EarlierFinding(
        outcome.rule(),
        outcome.severity(),
        image.reference(),
        image.registry() + "/" + image.repository(),
        image.platform(),
        outcome.fingerprint());
  }
}
