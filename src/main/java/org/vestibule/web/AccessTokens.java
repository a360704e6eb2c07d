package org.vestibule.web;

import jakarta.enterprise.event.Event;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.api.TokensRefreshed;
import org.vestibule.login.Logout;
import org.vestibule.login.TokenRefresh;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.Provider;
import org.vestibule.session.Replacement;

/**
 * Gives out access tokens, refreshed before if they are due: to requests and to work outside of
 * them alike.
 */
final class AccessTokens {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  /** Where the tokens of one session are kept, as one thread can reach them. */
  interface Keeper {

    /**
     * The newest tokens of the session, whoever refreshed them.
     *
     * @throws LoginException {@code SHARED_STATE}; {@code NOT_SIGNED_IN}
     */
    SignedIn newest(SignedIn signedIn);

    /** Puts refreshed tokens in place of the old ones. */
    Replacement replace(SignedIn old, SignedIn renewed);

    /** Lets the session go, since the provider refuses to go on with it. */
    void end(SignedIn signedIn);
  }

  private final Vestibule house;
  private final Keeper keeper;
  private final @Nullable Event<TokensRefreshed> tokensRefreshed;

  AccessTokens(Vestibule house, Keeper keeper, @Nullable Event<TokensRefreshed> tokensRefreshed) {
    this.house = house;
    this.keeper = keeper;
    this.tokensRefreshed = tokensRefreshed;
  }

  /** An access token that has not expired. */
  String of(SignedIn signedIn) {
    Provider provider = provider(signedIn);
    SignedIn current = signedIn;
    if (house.refresh().isDue(provider, current)) {
      try {
        current = keeper.newest(current);
        if (house.refresh().isDue(provider, current)) {
          current = renew(provider, current);
        }
      } catch (LoginException e) {
        keepGoingOrFail(current, e);
      }
    }
    if (current.tokens().isExpired(house.clock().instant())) {
      throw unavailable(new LoginException(whyExpired(provider)), true);
    }
    return current.tokens().accessToken().value();
  }

  /** Refreshes, due or not. */
  void refresh(SignedIn signedIn) {
    Provider provider = provider(signedIn);
    SignedIn current = signedIn;
    try {
      current = keeper.newest(current);
      SignedIn unused = renew(provider, current);
    } catch (LoginException e) {
      LOG.log(house.lasting().warnings().level(e), e::getMessage);
      boolean forGood = TokenRefresh.isForGood(e);
      if (forGood) {
        keeper.end(current);
      }
      throw unavailable(e, forGood || e.failure() instanceof Refusal);
    }
  }

  private static Refusal whyExpired(Provider provider) {
    return provider.settings().refresh().enabled() ? Refusal.NO_REFRESH_TOKEN : Refusal.REFRESH_OFF;
  }

  private SignedIn renew(Provider provider, SignedIn signedIn) {
    SignedIn renewed = house.refresh().refresh(provider, signedIn, house.sessions().codec());
    switch (keeper.replace(signedIn, renewed)) {
      case DONE ->
          Events.fire(
              tokensRefreshed,
              new TokensRefreshed(renewed.identity().provider(), renewed.identity().name()));
      case ENDED -> giveUp(provider, signedIn, renewed);
      case BY_ANOTHER -> {
        // The session has these tokens already, or those of a later login.
      }
    }
    return renewed;
  }

  /** A logout overtook the refresh: what it brought belongs to nobody and is revoked as well. */
  private void giveUp(Provider provider, SignedIn signedIn, SignedIn renewed) {
    if (house.refresh().disown(signedIn)) {
      Logout.revoke(provider, renewed.tokens())
          .forEach(failure -> LOG.log(Level.WARNING, failure::getMessage));
    }
    throw nobody();
  }

  /** A token that is valid yet is good enough while the provider is down. */
  private void keepGoingOrFail(SignedIn signedIn, LoginException e) {
    LOG.log(house.lasting().warnings().level(e), e::getMessage);
    if (TokenRefresh.isForGood(e)) {
      keeper.end(signedIn);
      throw unavailable(e, true);
    }
    if (signedIn.tokens().isExpired(house.clock().instant())) {
      throw unavailable(e, false);
    }
  }

  private Provider provider(SignedIn signedIn) {
    Provider provider = house.providers().get(signedIn.identity().provider());
    if (provider == null) {
      throw unavailable(new LoginException(Refusal.PROVIDER_UNKNOWN), true);
    }
    return provider;
  }

  /** Nobody is signed in, or not any more. */
  static AccessTokenUnavailableException nobody() {
    return unavailable(new LoginException(Refusal.NOT_SIGNED_IN), true);
  }

  static AccessTokenUnavailableException unavailable(LoginException e, boolean loginRequired) {
    return new AccessTokenUnavailableException(String.valueOf(e.getMessage()), loginRequired);
  }
}
