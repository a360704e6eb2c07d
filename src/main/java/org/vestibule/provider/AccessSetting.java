package org.vestibule.provider;

import java.util.Locale;

/** The settings of an access rule: {@code oauth.paths.<n>.<key>} with n from 1 to {@link #MOST}. */
enum AccessSetting {
  PATTERN(
      "The paths, as in public-paths: /admin, /admin/* or /. Of several rules the most"
          + " specific one counts, and no other."),
  ROLES("The roles of which the caller needs one, separated by commas."),
  SCOPE("The scopes that the caller's access token needs to have, all of them."),
  ACR_VALUES(
      "The acceptable authentication context class references, preferred first. Whoever was"
          + " authenticated otherwise is sent back to the provider."),
  MAX_AGE(
      "How long ago the caller may have been authenticated, PT1M at least. Whoever was longer ago"
          + " is sent back to the provider."),
  PROVIDER("The provider that signs users in for these paths."),
  CHALLENGE(
      "How a request is answered that needs a login and does not say what it understands: redirect,"
          + " which is the default, or unauthorized.");

  /** The prefix of all of them, followed by a number. */
  static final String PREFIX = Setting.PREFIX + "paths.";

  /** The highest number of a rule. */
  static final int MOST = 50;

  private final String description;

  AccessSetting(String description) {
    this.description = description;
  }

  /** The last part of the key, such as {@code acr-values}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The whole key for a rule. */
  String of(int number) {
    return PREFIX + number + "." + key();
  }

  /** One or two sentences, ending with a full stop. */
  String description() {
    return description;
  }
}
