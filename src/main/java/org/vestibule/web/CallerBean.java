package org.vestibule.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.api.Caller;
import org.vestibule.api.LoggedOut;
import org.vestibule.api.TokensRefreshed;
import org.vestibule.login.Logout;
import org.vestibule.login.TokenRefresh;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.Json;
import org.vestibule.provider.Provider;

/** The caller of the request that the current thread serves. */
@RequestScoped
public class CallerBean implements Caller {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  @Inject @Nullable HttpServletRequest request;
  @Inject @Nullable ServletContext context;
  @Inject @Nullable Event<TokensRefreshed> tokensRefreshed;
  @Inject @Nullable Event<LoggedOut> loggedOut;

  @Override
  public boolean isAuthenticated() {
    return signedIn().isPresent();
  }

  @Override
  public String name() {
    return signedIn().map(SignedIn::identity).map(Identity::name).orElse("");
  }

  @Override
  public String provider() {
    return signedIn().map(SignedIn::identity).map(Identity::provider).orElse("");
  }

  @Override
  public Set<String> roles() {
    return signedIn().map(SignedIn::identity).map(Identity::roles).orElse(Set.of());
  }

  @Override
  public Set<String> scope() {
    return signedIn().map(signedIn -> signedIn.tokens().scope().tokens()).orElse(Set.of());
  }

  @Override
  public Map<String, Object> claims() {
    return signedIn()
        .map(signedIn -> new Claims(Json.read(signedIn.identity().claims())).members())
        .orElse(Map.of());
  }

  @Override
  public Optional<Instant> accessTokenExpiresAt() {
    return signedIn().map(signedIn -> signedIn.tokens().expiresAt());
  }

  @Override
  public String csrfToken() {
    return signedIn().map(signedIn -> signedIn.csrfToken().value()).orElse("");
  }

  @Override
  public Optional<String> logoutOrigin() {
    try {
      return signedIn()
          .map(signedIn -> house().providers().get(signedIn.identity().provider()))
          .flatMap(provider -> provider.metadata().endSessionEndpoint())
          .map(PublicAddress::origin);
    } catch (LoginException e) {
      LOG.log(Level.WARNING, e::getMessage);
      return Optional.empty();
    }
  }

  @Override
  public String accessToken() {
    SignedIn signedIn = required();
    Provider provider = provider(signedIn);
    if (house().refresh().isDue(provider, signedIn)) {
      try {
        signedIn = renew(provider, signedIn);
      } catch (LoginException e) {
        keepGoingOrFail(signedIn, e);
      }
    }
    if (signedIn.tokens().isExpired(house().clock().instant())) {
      throw unavailable(new LoginException(whyExpired(provider)), true);
    }
    return signedIn.tokens().accessToken().value();
  }

  @Override
  public void refresh() {
    SignedIn signedIn = required();
    try {
      renew(provider(signedIn), signedIn);
    } catch (LoginException e) {
      LOG.log(Level.WARNING, e::getMessage);
      boolean forGood = TokenRefresh.isForGood(e);
      if (forGood) {
        end(signedIn);
      }
      throw unavailable(e, forGood || e.failure() instanceof Refusal);
    }
  }

  private static Refusal whyExpired(Provider provider) {
    return provider.settings().refresh().enabled() ? Refusal.NO_REFRESH_TOKEN : Refusal.REFRESH_OFF;
  }

  private SignedIn renew(Provider provider, SignedIn signedIn) {
    SignedIn renewed = house().refresh().refresh(provider, signedIn, house().sessions().codec());
    switch (house().sessions().replace(request(), signedIn, renewed)) {
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
    if (house().refresh().disown(signedIn)) {
      Logout.revoke(provider, renewed.tokens())
          .forEach(failure -> LOG.log(Level.WARNING, failure::getMessage));
    }
    throw unavailable(new LoginException(Refusal.NOT_SIGNED_IN), true);
  }

  /** A token that is valid yet is good enough while the provider is down. */
  private void keepGoingOrFail(SignedIn signedIn, LoginException e) {
    LOG.log(Level.WARNING, e::getMessage);
    if (TokenRefresh.isForGood(e)) {
      end(signedIn);
      throw unavailable(e, true);
    }
    if (signedIn.tokens().isExpired(house().clock().instant())) {
      throw unavailable(e, false);
    }
  }

  /** Of several requests that hear the same refusal one ends the session and says so. */
  private void end(SignedIn signedIn) {
    if (house().sessions().end(request(), signedIn)) {
      Events.fire(
          loggedOut,
          new LoggedOut(
              signedIn.identity().provider(),
              signedIn.identity().name(),
              LoggedOut.Reason.REFRESH_REFUSED));
    }
  }

  private SignedIn required() {
    return signedIn()
        .orElseThrow(() -> unavailable(new LoginException(Refusal.NOT_SIGNED_IN), true));
  }

  private Provider provider(SignedIn signedIn) {
    Provider provider = house().providers().get(signedIn.identity().provider());
    if (provider == null) {
      throw unavailable(new LoginException(Refusal.PROVIDER_UNKNOWN), true);
    }
    return provider;
  }

  private Optional<SignedIn> signedIn() {
    return Optional.ofNullable(house().sessions().signedIn(request()));
  }

  private HttpServletRequest request() {
    return required(request);
  }

  private Vestibule house() {
    return Vestibule.in(required(context));
  }

  private static <T> T required(@Nullable T injected) {
    if (injected == null) {
      throw new IllegalStateException("CDI did not inject");
    }
    return injected;
  }

  private static AccessTokenUnavailableException unavailable(
      LoginException e, boolean loginRequired) {
    return new AccessTokenUnavailableException(String.valueOf(e.getMessage()), loginRequired);
  }
}
