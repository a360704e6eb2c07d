package org.vestibule.web;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.LoggedIn;
import org.vestibule.api.LoginFailed;
import org.vestibule.api.RolesContributor;
import org.vestibule.login.LoginResult;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.provider.Json;
import org.vestibule.provider.Provider;

/**
 * The redirection endpoint (RFC 6749 section 3.1.2): step C. Takes the pending login out of the
 * browser, once, lets the flow judge the answer, and puts who it is into the session.
 */
public final class CallbackServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private static final int SEE_OTHER = 303;

  private static final Set<String> OUTAGES = Set.of("server_error", "temporarily_unavailable");

  /** What happened to this browser's pending login when its answer cannot be used. */
  private static final Set<Failure> STALE =
      Set.of(Violation.STATE_UNKNOWN, Violation.STATE_USED, Violation.LOGIN_EXPIRED);

  @Inject @Any transient @Nullable Instance<RolesContributor> contributors;
  @Inject transient @Nullable Event<LoggedIn> loggedIn;
  @Inject transient @Nullable Event<LoginFailed> loginFailed;

  /** For the container. */
  public CallbackServlet() {
    super("GET", "POST");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String providerId = "";
    String returnTo = house.returnAddress().root();
    try {
      AuthorizationResponse answer = AuthorizationResponse.read(parameters(request));
      PendingLoginCookies.Found found = find(house, request, answer);
      providerId = found.pending().provider();
      returnTo = house.returnAddress().accepted(found.pending().returnTo());
      complete(house, request, response, answer, found);
    } catch (LoginException e) {
      if (!STALE.contains(e.failure())
          || !goesOn(house, request, response, e, providerId, returnTo)) {
        String correlationId = house.failurePage().write(request, response, e, returnTo);
        Events.fire(loginFailed, new LoginFailed(providerId, e.failure().code(), correlationId));
      }
    }
  }

  /** Whoever is signed in goes where they wanted to; anyone else starts afresh, once. */
  private static boolean goesOn(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      LoginException stale,
      String providerId,
      String returnTo) {
    if (house.sessions().signedIn(request) != null) {
      ResponseHeaders.redirect(response, SEE_OTHER, returnTo);
      return true;
    }
    if (!house.freshStart().isPossible(request)) {
      return false;
    }
    LOG.log(Level.INFO, () -> stale.getMessage() + " [started afresh]");
    house.freshStart().make(request, response);
    house
        .loginStart()
        .redirect(
            request, response, WantedLogin.by(providerId.isEmpty() ? null : providerId), returnTo);
    return true;
  }

  private void complete(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      AuthorizationResponse answer,
      PendingLoginCookies.Found found)
      throws IOException {
    Provider provider = provider(house, found);
    boolean formPost = provider.settings().request().formPost();
    if (formPost != request.getMethod().equals("POST")) {
      throw new LoginException(Violation.CALLBACK_MALFORMED, "by " + request.getMethod());
    }
    if (house.sessions().lastKnown(request) == null && house.sessions().isUnreadable(request)) {
      // It may be somebody else's, with what the application keeps there for them.
      throw LoginFilter.unreadable();
    }
    if (!house.pendingLogins().take(request, response, found, formPost)) {
      throw new LoginException(Violation.STATE_USED);
    }
    house.takenProvider().requireNoOther(provider, request);
    LoginResult result = house.flow().complete(provider, answer, found.pending());
    String page = house.returnAddress().accepted(found.pending().returnTo());
    if (result instanceof LoginResult.Denied denied) {
      if (house.renewal().goesOn(request, response, found.pending(), denied.error(), page)) {
        return;
      }
      throw new LoginException(refusal(denied.error()), denied.error().toString());
    }
    LoginResult.Success success = (LoginResult.Success) result;
    success.remarks().forEach(remark -> LOG.warning(new LoginException(remark).getMessage()));
    SignedIn signedIn = success.signedIn();
    LoggedIn user = user(signedIn);
    if (contributors != null) {
      signedIn = signedIn.withRoles(ApplicationRoles.of(contributors.handles(), user));
    }
    house.takenProvider().requireNoOther(provider, request);
    house.sessions().establish(request, signedIn);
    house.twins().tellApart(request, response, signedIn);
    SessionCookie.complete(request, response);
    house.loginLoop().count(request, response);
    house.freshStart().forget(request, response);
    house.expiredSession().remember(request, response, provider.settings().id());
    boolean ends = provider.settings().request().fragmentDropped() && page.indexOf('#') < 0;
    ResponseHeaders.redirect(response, SEE_OTHER, ends ? page + "#" : page);
    Events.fire(loggedIn, user);
  }

  private static LoggedIn user(SignedIn signedIn) {
    Identity identity = signedIn.identity();
    return new LoggedIn(
        identity.provider(), identity.name(), new Claims(Json.read(identity.claims())).members());
  }

  /** The query of a GET or the body of a POST, never both: containers would mix them. */
  private static Parameters parameters(HttpServletRequest request) throws IOException {
    try {
      if (request.getMethod().equals("GET")) {
        String query = request.getQueryString();
        return query == null ? Parameters.empty() : Parameters.parse(query);
      }
      return FormBody.read(request);
    } catch (IllegalArgumentException e) {
      throw new LoginException(Violation.CALLBACK_MALFORMED, String.valueOf(e.getMessage()), e);
    }
  }

  private static PendingLoginCookies.Found find(
      Vestibule house, HttpServletRequest request, AuthorizationResponse answer) {
    Secret state = answer.state().orElseThrow(() -> new LoginException(Violation.STATE_MISSING));
    return house
        .pendingLogins()
        .find(request, state)
        .orElseThrow(() -> new LoginException(Violation.STATE_UNKNOWN));
  }

  private static Provider provider(Vestibule house, PendingLoginCookies.Found found) {
    return house
        .provider(found.pending())
        .orElseThrow(() -> new LoginException(Refusal.PROVIDER_UNKNOWN));
  }

  private static Refusal refusal(OAuthError error) {
    if (error.isDenial()) {
      return Refusal.ACCESS_DENIED;
    }
    return OUTAGES.contains(error.error())
        ? Refusal.PROVIDER_UNAVAILABLE
        : Refusal.AUTHORIZATION_REFUSED;
  }
}
