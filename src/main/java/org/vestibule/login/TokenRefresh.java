package org.vestibule.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.openid.EarlierIdToken;
import org.vestibule.protocol.token.TokenRequest;
import org.vestibule.protocol.token.TokenResponse;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.provider.UnverifiedToken;
import org.vestibule.session.SessionCodec;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.SharedStateException;

/**
 * Refreshes tokens (RFC 6749 section 6), each once. Providers that rotate refresh tokens take a
 * second use for theft and revoke them all, so requests that hold the same ones share one request
 * to the provider, and those that come a moment too late with the old one are given the result.
 *
 * <p>Thread-safe. What is kept for late-comers is bounded: one entry for each refresh of the last
 * {@code refresh-grace}.
 */
public final class TokenRefresh {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final Set<Violation> OUTAGES =
      Set.of(
          Violation.TOKEN_RESPONSE_MALFORMED,
          Violation.ACCESS_TOKEN_MISSING,
          Violation.ID_TOKEN_KEY_UNKNOWN,
          Violation.METADATA_MALFORMED,
          Violation.METADATA_ISSUER,
          Violation.METADATA_ENDPOINT);

  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** After the provider was in trouble it is left alone for this long, for each session. */
  private static final Duration BACK_OFF = Duration.ofSeconds(10);

  /** The old tokens, both: where the refresh token stays, the next refresh is another one. */
  private record Old(Secret refreshToken, Secret accessToken) {}

  /** A refresh under way or done, until when it is of use. */
  private record Flight(CompletableFuture<Tokens> result, Instant forgetAt) {

    boolean isOver(Instant now) {
      return result.isDone() && !now.isBefore(forgetAt);
    }

    boolean brought(Secret accessToken) {
      return result.isDone()
          && !result.isCompletedExceptionally()
          && result.join().accessToken().equals(accessToken);
    }
  }

  private final Clock clock;
  private final SharedRefresh shared;
  private final ConcurrentMap<Old, Flight> flights = new ConcurrentHashMap<>();

  /** Of one node. */
  public TokenRefresh(Clock clock) {
    this(clock, SharedMap.ALONE, () -> false);
  }

  /**
   * @param shared the refreshes of all nodes; entries have to live for a quarter of an hour
   * @param isRecovering whether it could not be reached a moment ago: until all nodes have had the
   *     time to {@link #catchUp}, nothing is refreshed
   */
  public TokenRefresh(Clock clock, SharedMap shared, BooleanSupplier isRecovering) {
    this.clock = clock;
    this.shared = new SharedRefresh(clock, shared, isRecovering);
  }

  /**
   * Tells other nodes the results that they could not be told; to be called several times in a
   * second.
   *
   * @throws SharedStateException if they still cannot
   */
  public void catchUp() {
    shared.catchUp();
  }

  /**
   * Whether the access token is to be refreshed before it is used. One that was just issued is not,
   * until it expires: where tokens live no longer than {@code refresh-lead} every use would
   * refresh.
   */
  public boolean isDue(Provider provider, SignedIn signedIn) {
    ProviderSettings.Refresh settings = provider.settings().refresh();
    Tokens tokens = signedIn.tokens();
    Instant now = clock.instant();
    return settings.enabled()
        && tokens.refreshToken() != null
        && tokens.isDue(now, settings.lead())
        && (tokens.isExpired(now) || !isJustIssued(signedIn, settings.grace()));
  }

  private boolean isJustIssued(SignedIn signedIn, Duration lately) {
    Instant now = clock.instant();
    Secret accessToken = signedIn.tokens().accessToken();
    return now.isBefore(signedIn.since().plus(lately))
        || flights.values().stream()
            .anyMatch(flight -> !flight.isOver(now) && flight.brought(accessToken));
  }

  /**
   * Refreshes, or takes part in the refresh that is under way for the same refresh token, here or
   * on another node.
   *
   * @param codec writes what other nodes are given
   * @return the user with new tokens; what the provider did not renew is kept
   * @throws LoginException one that {@linkplain #isForGood is for good}: the session is over;
   *     {@code NO_REFRESH_TOKEN} and {@code REFRESH_OFF}; anything else: the provider is in trouble
   *     and it may work later
   */
  public SignedIn refresh(Provider provider, SignedIn signedIn, SessionCodec codec) {
    Secret refreshToken = signedIn.tokens().refreshToken();
    requireEnabled(provider);
    if (refreshToken == null) {
      throw new LoginException(Refusal.NO_REFRESH_TOKEN);
    }
    forgetOld();
    Old old = new Old(refreshToken, signedIn.tokens().accessToken());
    Flight mine = new Flight(new CompletableFuture<>(), clock.instant());
    Flight first = flights.putIfAbsent(old, mine);
    if (first != null) {
      return signedIn.with(await(first.result()));
    }
    return signedIn.with(fly(provider, signedIn, codec, old, mine));
  }

  /**
   * Fails where nothing is refreshed.
   *
   * @throws LoginException {@code REFRESH_OFF}
   */
  private static void requireEnabled(Provider provider) {
    if (!provider.settings().refresh().enabled()) {
      throw new LoginException(Refusal.REFRESH_OFF);
    }
  }

  /**
   * Says that nobody wants the tokens that a refresh of these brought, since the session was ended
   * meanwhile.
   *
   * @return whether the caller is the first to say so, of all that shared the refresh
   */
  public boolean disown(SignedIn old) {
    Secret refreshToken = old.tokens().refreshToken();
    return refreshToken != null
        && flights.remove(new Old(refreshToken, old.tokens().accessToken())) != null;
  }

  private Tokens fly(
      Provider provider, SignedIn signedIn, SessionCodec codec, Old old, Flight mine) {
    Duration grace = provider.settings().refresh().grace();
    try {
      Tokens renewed =
          shared
              .once(
                  signedIn,
                  codec,
                  longest(provider),
                  BACK_OFF,
                  held -> withRoom(held.with(request(provider, held)), codec))
              .tokens();
      keep(old, mine, grace);
      mine.result().complete(renewed);
      return renewed;
    } catch (LoginException e) {
      keep(old, mine, isForGood(e) ? grace : BACK_OFF);
      mine.result().completeExceptionally(e);
      throw e;
    } catch (RuntimeException | Error e) {
      flights.remove(old, mine);
      mine.result().completeExceptionally(e);
      throw e;
    }
  }

  private static SignedIn withRoom(SignedIn renewed, SessionCodec codec) {
    codec.requireRoom(renewed);
    return renewed;
  }

  /** Metadata, the token request and its repetition, keys; and the time between them. */
  private static Duration longest(Provider provider) {
    ProviderSettings.Http settings = provider.settings().http();
    return settings.connectTimeout().plus(settings.readTimeout()).multipliedBy(4).plus(MARGIN);
  }

  /**
   * Whether the session is over, since no later refresh can succeed. A page in place of metadata or
   * of a token response, or JSON that is none, is what an outage looks like, not an answer; and a
   * key that is not known yet is not read again at once.
   */
  public static boolean isForGood(LoginException e) {
    return e.failure() == ProviderTrouble.REFRESH_REFUSED
        || e.failure() == ProviderTrouble.USER_TOO_LARGE
        || (e.failure() instanceof Violation violation && !OUTAGES.contains(violation));
  }

  private Tokens request(Provider provider, SignedIn signedIn) {
    Tokens tokens = signedIn.tokens();
    Secret refreshToken = tokens.refreshToken();
    if (refreshToken == null) {
      throw new LoginException(Refusal.NO_REFRESH_TOKEN);
    }
    TokenResponse response =
        provider.requestTokens(new TokenRequest.RefreshToken(refreshToken, tokens.scope()));
    if (response instanceof TokenResponse.Refused refused) {
      throw Refusals.of(refused, ProviderTrouble.REFRESH_REFUSED);
    }
    Tokens renewed = ((TokenResponse.Issued) response).tokens();
    Secret held = tokens.idToken();
    Secret brought = renewed.idToken();
    boolean verified =
        held != null
            && brought != null
            && isVerified(
                provider, earlier(signedIn.identity(), held), brought, renewed.accessToken());
    return tokens.refreshedWith(verified ? renewed : renewed.withoutIdToken());
  }

  /**
   * The old refresh token is used up by now, so the new ones must not be lost because the keys
   * cannot be read: an ID token that nobody can verify is left out, as the provider may itself
   * (OpenID Connect Core section 12.2).
   */
  private static boolean isVerified(
      Provider provider, EarlierIdToken earlier, Secret idToken, Secret accessToken) {
    try {
      provider.idTokenValidator().validateRefreshed(idToken, earlier, accessToken);
      return true;
    } catch (LoginException e) {
      if (isForGood(e)) {
        throw e;
      }
      LOG.log(Level.WARNING, () -> e.getMessage() + " [the old ID token is kept]");
      return false;
    }
  }

  private static EarlierIdToken earlier(Identity identity, Secret held) {
    return new EarlierIdToken(identity.issuer(), identity.subject(), UnverifiedToken.nonce(held));
  }

  private void keep(Old old, Flight flight, Duration howLong) {
    flights.replace(old, flight, new Flight(flight.result(), clock.instant().plus(howLong)));
  }

  private void forgetOld() {
    Instant now = clock.instant();
    flights.values().removeIf(flight -> flight.isOver(now));
  }

  private static Tokens await(CompletableFuture<Tokens> result) {
    try {
      return result.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LoginException failure) {
        throw new LoginException(failure.failure(), "shared with another request", failure);
      }
      throw new LoginException(Refusal.UNEXPECTED, "", e);
    } catch (TimeoutException e) {
      throw new LoginException(ProviderTrouble.TIMEOUT, "another request refreshes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoginException(ProviderTrouble.UNREACHABLE, "interrupted", e);
    }
  }
}
