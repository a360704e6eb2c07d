package org.vestibule.catalogue;

/** How a test ended in a run; of several invocations the worst counts, which comes last here. */
enum Outcome {
  PASSED,
  NOT_RUN,
  SKIPPED,
  FAILED;

  Outcome and(Outcome other) {
    return compareTo(other) < 0 ? other : this;
  }
}
