package org.vestibule.provider;

/**
 * A setting that is not at its default, for the log of a start. Immutable.
 *
 * @param key the key as it was found, such as {@code oauth.provider.corp.client-id}
 * @param source where it was found
 * @param text {@code ***} for what is or may hold a secret
 */
public record SettingInEffect(String key, String source, String text) {

  static SettingInEffect of(Setting setting, Lookup.Found found) {
    return new SettingInEffect(
        found.key(), found.source(), setting.isConfidential() ? "***" : found.text().strip());
  }

  /** One line: key, text, source. */
  @Override
  public String toString() {
    return key + "=" + text + " [from " + source + "]";
  }
}
