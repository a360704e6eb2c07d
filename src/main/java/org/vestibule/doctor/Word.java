package org.vestibule.doctor;

import java.util.Locale;

/** The words of the frame around a diagnosis, which may be translated; findings are English. */
public enum Word {
  TITLE("Diagnosis"),
  TEXT(
      "What the settings and the providers say, and what is to be done. Findings are in English, as"
          + " in the log."),
  FINDINGS("Findings"),
  NOTHING("Nothing was found."),
  APPLICATION("Application"),
  PROVIDER("Provider"),
  SETTINGS("Settings that are not at their defaults"),
  SETTING("Setting"),
  VALUE("Value"),
  SOURCE("Source"),
  REGISTER("To be registered at the provider"),
  PUBLISHED("What the provider says of itself"),
  UNUSED("Offered by the provider and not used"),
  REMEDY("What to do"),
  ERROR("Error"),
  WARNING("Warning"),
  ADVICE("Advice"),
  OK("In order");

  private final String english;

  Word(String english) {
    this.english = english;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String english() {
    return english;
  }

  static Word of(Severity severity) {
    return valueOf(severity.name());
  }
}
