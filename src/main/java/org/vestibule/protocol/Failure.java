package org.vestibule.protocol;

/**
 * A way in which a login fails. Each has a number that never changes its meaning, a cause in one
 * sentence, and what to do about it. The words are for the log and the manual; what a user reads is
 * up to the failure page.
 */
public sealed interface Failure permits Violation, ProviderTrouble, Refusal {

  /** {@code VEST} and four digits; the manual has a paragraph under it. */
  String code();

  /** What happened, one sentence without a full stop. */
  String cause();

  /** What the one who runs the application can do. */
  String remedy();

  /** The constant's name. */
  String name();
}
