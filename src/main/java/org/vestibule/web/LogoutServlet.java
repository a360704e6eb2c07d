package org.vestibule.web;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.LoggedOut;
import org.vestibule.api.PageAttributes;
import org.vestibule.login.Logout;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.Provider;
import org.vestibule.provider.Setting;
import org.vestibule.session.LentSessions;

/**
 * Signs out: here first and in any case, then the tokens are revoked, then the browser goes to the
 * provider to sign out there. Only a POST that repeats the session's {@code csrf_token} does; a GET
 * shows a page with the button, so that no picture on a foreign page can sign anybody out.
 */
public final class LogoutServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private static final int OK = 200;
  private static final int SEE_OTHER = 303;
  private static final String CSRF_TOKEN = "csrf_token";

  @Inject transient @Nullable Event<LoggedOut> loggedOut;

  /** For the container. */
  public LogoutServlet() {
    super("GET", "POST");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    SignedIn signedIn = house.sessions().signedIn(request);
    if (signedIn == null) {
      requireNobody(house, request);
      ResponseHeaders.redirect(response, SEE_OTHER, loggedOutPage(house));
    } else if (request.getMethod().equals("GET")) {
      ask(house, request, response, signedIn);
    } else {
      requireToken(request, signedIn);
      signOut(house, request, response, signedIn);
    }
  }

  /** Whoever is told that they are signed out believes it, and their session may come back. */
  private static void requireNobody(Vestibule house, HttpServletRequest request) {
    if (house.sessions().isDoubtful(request)) {
      throw new LoginException(Refusal.SESSION_COOKIE_TWICE);
    }
    if (house.sessions().isUnreadable(request)) {
      throw LoginFilter.unreadable();
    }
  }

  private static void ask(
      Vestibule house, HttpServletRequest request, HttpServletResponse response, SignedIn signedIn)
      throws IOException {
    String token = signedIn.csrfToken().value();
    String root = house.returnAddress().root();
    Page page =
        Page.of("logout", request)
            .withForm("action.signout", house.logoutUrl(), CSRF_TOKEN, token)
            .withLink("action.stay", root)
            .withFormTargets(formTargets(house, signedIn))
            .withAttribute(PageAttributes.LOGOUT_URL, house.logoutUrl())
            .withAttribute(PageAttributes.CSRF_TOKEN, token)
            .withAttribute(PageAttributes.RETRY_URL, root);
    house.pages().write(Setting.LOGOUT_PAGE, page, request, response, OK);
  }

  private static void requireToken(HttpServletRequest request, SignedIn signedIn) {
    String token = request.getParameter(CSRF_TOKEN);
    if (token == null || token.isEmpty() || !Secret.of(token).equals(signedIn.csrfToken())) {
      throw new LoginException(Refusal.TOKEN_MISSING);
    }
  }

  private void signOut(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      SignedIn signedIn) {
    Optional<SignedIn> lent = house.sessions().end(request);
    SignedIn last = lent.filter(newest -> isNewer(newest, signedIn)).orElse(signedIn);
    house.expiredSession().forget(request, response);
    house.twins().forget(request, response);
    house.loginLoop().forget(request, response);
    Provider provider = house.providers().get(signedIn.identity().provider());
    if (provider != null) {
      Logout.revoke(provider, last.tokens())
          .forEach(failure -> LOG.log(Level.WARNING, failure::getMessage));
    }
    ResponseHeaders.redirect(
        response,
        SEE_OTHER,
        endSession(house, request, response, last)
            .map(URI::toString)
            .orElseGet(() -> loggedOutPage(house)));
    Events.fire(
        loggedOut,
        new LoggedOut(
            signedIn.identity().provider(), signedIn.identity().name(), LoggedOut.Reason.USER));
  }

  /** Work outside of requests may have refreshed since the last one. */
  private static boolean isNewer(SignedIn lent, SignedIn signedIn) {
    return lent.csrfToken().equals(signedIn.csrfToken()) && LentSessions.isNewer(lent, signedIn);
  }

  /**
   * Where the form's answer redirects to, and from there: browsers hold every step of the way
   * against the policy of the page.
   */
  private static String formTargets(Vestibule house, SignedIn signedIn) {
    Provider provider = house.providers().get(signedIn.identity().provider());
    if (provider == null) {
      return "";
    }
    return Logout.endSessionEndpoint(provider).stream()
        .flatMap(
            endpoint ->
                Stream.concat(
                    Stream.of(endpoint),
                    provider.settings().endpoints().issuer().stream().map(URI::create)))
        .map(PublicAddress::origin)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static Optional<URI> endSession(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      SignedIn signedIn) {
    Provider provider = house.providers().get(signedIn.identity().provider());
    if (provider == null || Logout.endSessionEndpoint(provider).isEmpty()) {
      return Optional.empty();
    }
    try {
      URI returnTo = house.address().absolute(request, PathRules.LOGGED_OUT);
      Optional<Secret> state =
          Logout.repeatsState(provider)
              ? Optional.of(house.logoutState().begin(request, response))
              : Optional.empty();
      return Logout.endSession(provider, signedIn.tokens().idToken(), returnTo, state);
    } catch (LoginException e) {
      LOG.log(Level.WARNING, e::getMessage);
      return Optional.empty();
    }
  }

  private static String loggedOutPage(Vestibule house) {
    return house.contextPath() + PathRules.LOGGED_OUT;
  }
}
