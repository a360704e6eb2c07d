package org.vestibule.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vestibule.protocol.Secret;
import org.vestibule.provider.Provider;

/**
 * What changed settings took away, for as long as logins can be under way that began with it: they
 * end with the provider, and are opened with the key, that they began with. Immutable.
 *
 * @param until when it is of no use any more
 */
record Former(Instant until, List<Secret> keys, List<Provider> providers) {

  static final Former NOTHING = new Former(Instant.MIN, List.of(), List.of());

  Former {
    keys = List.copyOf(keys);
    providers = List.copyOf(providers);
  }

  boolean isNothing() {
    return keys.isEmpty() && providers.isEmpty();
  }

  /** The newest of those with this id that a login can have begun with. */
  Optional<Provider> provider(String id, String registration) {
    return providers.stream()
        .filter(provider -> provider.settings().id().equals(id))
        .filter(provider -> provider.registration().equals(registration))
        .findFirst();
  }

  /** With what one more change took away. */
  Former with(Instant until, List<Secret> goneKeys, List<Provider> goneProviders) {
    return new Former(
        until,
        Stream.concat(goneKeys.stream(), keys.stream()).distinct().limit(MOST).toList(),
        Stream.concat(goneProviders.stream(), providers.stream()).limit(MOST).toList());
  }

  /** Somebody who changes settings all the time keeps no more than this. */
  private static final int MOST = 16;
}
