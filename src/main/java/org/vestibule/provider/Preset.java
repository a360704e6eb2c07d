package org.vestibule.provider;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known about a well-known provider. Its values may have {@link Expressions}. Immutable.
 *
 * @param settings by key, without prefix
 */
record Preset(String name, Map<String, String> settings) {

  private static final Set<Setting> ADDRESSES =
      Set.of(Setting.ISSUER, Setting.AUTHORIZATION_ENDPOINT, Setting.TOKEN_ENDPOINT);

  Preset {
    settings = Map.copyOf(settings);
  }

  Optional<String> text(Setting setting) {
    return Optional.ofNullable(settings.get(setting.key()));
  }

  /** What problems name as the source of its values. */
  String source() {
    return "preset " + name;
  }

  /** Whether it says where the provider is; else it is about a product that many run. */
  boolean hasAddress() {
    return ADDRESSES.stream().anyMatch(setting -> settings.containsKey(setting.key()));
  }

  /** The keys that mean nothing in a preset. */
  Set<String> unknownKeys() {
    Set<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeIf(
        key ->
            Setting.of(key)
                .filter(setting -> setting.level() == Setting.Level.PROVIDER)
                .filter(setting -> setting != Setting.PRESET)
                .isPresent());
    return unknown;
  }
}
