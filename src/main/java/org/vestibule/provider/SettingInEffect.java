package org.vestibule.provider;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A setting that is not at its default, for reports. Immutable.
 *
 * @param provider whom it is about; empty for the application
 * @param key the key as it was found, such as {@code oauth.provider.corp.client-id}
 * @param source where it was found
 * @param ordinal of the source, by which MicroProfile Config ranks it; empty for a preset and for
 *     an adapter's file, which rank below all sources
 * @param text {@code ***} for what is or may hold a secret
 */
public record SettingInEffect(
    Optional<String> provider, String key, String source, OptionalInt ordinal, String text) {

  static SettingInEffect of(Optional<String> provider, Setting setting, Lookup.Found found) {
    return new SettingInEffect(
        provider,
        found.key(),
        found.source(),
        found.ordinal(),
        setting.isConfidential() ? "***" : found.text().strip());
  }

  /** One line: key, text, source. */
  @Override
  public String toString() {
    return key + "=" + text + " [from " + origin() + "]";
  }

  /** The source with its ordinal, for people. */
  public String origin() {
    return source + (ordinal.isPresent() ? ", ordinal " + ordinal.getAsInt() : "");
  }
}
