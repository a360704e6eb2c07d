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
import org.vestibule.api.AccessTokenSource;
import org.vestibule.api.Caller;
import org.vestibule.api.LoggedOut;
import org.vestibule.api.TokensRefreshed;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.Json;

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
    return tokens().of(required());
  }

  @Override
  public AccessTokenSource accessTokenSource() {
    try {
      return new LentAccess(
          CurrentVestibule.in(required(context)),
          keeper().lend(required()),
          Thread.currentThread().getContextClassLoader(),
          tokensRefreshed);
    } catch (LoginException e) {
      LOG.log(Level.WARNING, e::getMessage);
      throw AccessTokens.unavailable(e, false);
    }
  }

  @Override
  public void refresh() {
    tokens().refresh(required());
  }

  private AccessTokens tokens() {
    return new AccessTokens(house(), keeper(), tokensRefreshed);
  }

  private RequestKeeper keeper() {
    return new RequestKeeper(house(), request(), loggedOut);
  }

  private SignedIn required() {
    return signedIn().orElseThrow(AccessTokens::nobody);
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
}
