package org.vestibule.provider;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What a probe saw of one answer. Nothing of its body. Immutable.
 *
 * @param url what was asked
 * @param location where the answer leads to; empty if nowhere
 * @param date what the server took the time for; empty if it did not say, or a cache answered
 * @param receivedAt what we took the time for
 * @param certificateEnds when the server's certificate ends; empty without TLS
 */
public record ProbeAnswer(
    URI url,
    int status,
    Optional<String> location,
    Optional<Instant> date,
    Instant receivedAt,
    Optional<Instant> certificateEnds) {

  /** Without query and location, which may have what nobody is to see. */
  @Override
  public String toString() {
    return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath() + " " + status;
  }
}
