package dev.tare.plan;

import dev.tare.finding.ActionKind;

/** What to do, in one line. */
final class Titles {
  private Titles() {}

  static String of(ActionKind kind, Owner owner, String subject) {
    boolean base = owner instanceof Owner.OfBase;
    return switch (kind) {
      case BASE -> base ? "Change the base " + subject : "Build " + subject + " on another base";
      case INSTALL -> "Install less in " + subject;
      case STAGES -> "Build " + subject + " in stages";
      case USER -> "Set a user in " + subject;
      case CLEANUP -> "Clean up in the steps of " + subject;
      case PIN -> "Pin what " + subject + " is built from";
      case REBUILD ->
          owner instanceof Owner.OnCurrentBase
              ? "Rebuild on the current " + subject
              : "Rebuild " + subject;
      case SECRET -> "Remove and revoke the secrets in " + subject;
      case CONFIGURATION -> "Change the configuration of " + subject;
      case OTHER -> "Follow the remedies for " + subject;
    };
  }
}
