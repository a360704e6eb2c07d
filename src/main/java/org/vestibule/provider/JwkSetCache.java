package org.vestibule.provider;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.openid.JwsVerifier;
import org.vestibule.protocol.openid.VerifiedJws;

/**
 * Verifies signatures with the keys at the provider's {@code jwks_uri}, which are kept, and read
 * again when a token is signed with none of them (OpenID Connect Core section 10.1.1), at most once
 * in {@link LastGood#FLOOR} however many such tokens come. Thread-safe.
 */
final class JwkSetCache implements JwsVerifier {

  private final BackChannel backChannel;
  private final Supplier<URI> jwksUri;
  private final Set<String> allowedAlgorithms;
  private final Clock clock;
  private final PublishedCopy copy;
  private final LastGood<JwkSet> keys;

  /**
   * @param jwksUri looked up anew each time: metadata may change
   */
  JwkSetCache(
      Clock clock,
      Duration fresh,
      BackChannel backChannel,
      Supplier<URI> jwksUri,
      Set<String> allowedAlgorithms,
      PublishedCopy copy) {
    this.backChannel = backChannel;
    this.jwksUri = jwksUri;
    this.allowedAlgorithms = Set.copyOf(allowedAlgorithms);
    this.clock = clock;
    this.copy = copy;
    this.keys = new LastGood<>(clock, fresh, this::read, this::kept);
  }

  /**
   * Has the keys read, if they are not there.
   *
   * @throws LoginException they cannot be had now
   */
  void require() {
    keys.get();
  }

  @Override
  public VerifiedJws verify(Secret compact) {
    Jws jws = Jws.read(compact);
    if (!allowedAlgorithms.contains(jws.algorithm())) {
      throw LoginException.differs(
          Violation.ID_TOKEN_ALGORITHM, allowedAlgorithms, jws.algorithm());
    }
    JwkSet known = keys.get();
    List<JwkSet.VerificationKey> candidates = candidates(known, jws);
    List<JwkSet.VerificationKey> keysOfIt = signed(candidates, jws);
    if (keysOfIt.isEmpty()) {
      // Also if there is a key of that name: some providers give the next one the same.
      candidates = candidates(keys.newerThan(known), jws);
      keysOfIt = signed(candidates, jws);
    }
    if (candidates.isEmpty()) {
      throw new LoginException(Violation.ID_TOKEN_KEY_UNKNOWN);
    }
    if (keysOfIt.isEmpty()) {
      throw new LoginException(Violation.ID_TOKEN_SIGNATURE);
    }
    return new VerifiedJws(
        jws.algorithm(),
        jws.header().string("typ").orElse(""),
        jws.payload(),
        JwkSet.issuers(keysOfIt));
  }

  private static List<JwkSet.VerificationKey> candidates(JwkSet set, Jws jws) {
    return set.candidates(jws.algorithm(), jws.keyId());
  }

  /** One key may be there more than once, each time as another issuer's. */
  private static List<JwkSet.VerificationKey> signed(
      List<JwkSet.VerificationKey> candidates, Jws jws) {
    return candidates.stream().filter(key -> jws.isSignedWith(key.publicKey())).toList();
  }

  private JwkSet read() {
    HttpAnswer answer = backChannel.get(jwksUri.get());
    if (answer.status() != HttpAnswer.OK) {
      throw new LoginException(
          ProviderTrouble.UNEXPECTED_STATUS, "jwks_uri answered " + answer.status());
    }
    Optional<Claims> published = answer.json();
    JwkSet set =
        published
            .flatMap(JwkSet::of)
            .orElseThrow(
                () -> new LoginException(ProviderTrouble.UNEXPECTED_ANSWER, "jwks_uri: " + answer));
    copy.keep(published.get(), clock.instant());
    return set;
  }

  /** Those that another run has read. */
  private Optional<LastGood.Old<JwkSet>> kept() {
    return copy.last()
        .flatMap(old -> JwkSet.of(old.value()).map(set -> new LastGood.Old<>(set, old.readAt())));
  }
}
