package org.vestibule.doctor;

import java.util.Locale;

/** How bad a finding is, the best first. */
public enum Severity {
  /** It was looked at, and is as it should be. */
  OK,
  /** It works; it could be better, or cannot be judged from here. */
  ADVICE,
  /** It works now, or for some; it is risky, or is going to fail. */
  WARNING,
  /** Nobody can sign in, or not safely. */
  ERROR;

  /** In lower case, as reports have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
