package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.LoggedOut;
import org.vestibule.login.Logout;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.Provider;

/**
 * What a provider shows in a frame of its own page when somebody signs out there (OpenID Connect
 * Front-Channel Logout section 2). Only requests that name issuer and session have an effect: who
 * knows the {@code sid} of a session is its provider or its user, or heard it from one of them.
 *
 * <p>In a frame on another site a browser does not send the session's cookie, which is {@code
 * SameSite=Lax}. So the session is ended by its {@code sid} and not by the cookie, when it is next
 * used, provided that the {@code sid} is long enough not to be guessed.
 */
public final class FrontChannelLogoutServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  private static final int OK = 200;
  private static final int SHORTEST_SECRET = 16;
  private static final int LONGEST = 255;
  private static final String PAGE =
      "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Signed out</title>"
          + "</head><body></body></html>";

  @Inject transient @Nullable Event<LoggedOut> loggedOut;

  /** For the container. */
  public FrontChannelLogoutServlet() {
    super("GET");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Parameters query = query(request);
    String sid = one(query, "sid").filter(text -> text.length() <= LONGEST).orElse("");
    String named = one(query, "iss").orElse("");
    Provider provider = house.provider(named).orElse(null);
    if (provider == null || sid.isEmpty()) {
      throw new LoginException(Refusal.LOGOUT_UNATTRIBUTED);
    }
    end(house, request, provider.settings().endpoints().issuers().identity(named), sid);
    ResponseHeaders.protect(response);
    response.setHeader(
        "Content-Security-Policy", "default-src 'none'; frame-ancestors " + origins(provider));
    response.setStatus(OK);
    response.setContentType("text/html;charset=UTF-8");
    response.getOutputStream().write(PAGE.getBytes(UTF_8));
  }

  private void end(Vestibule house, HttpServletRequest request, String issuer, String sid) {
    SignedIn signedIn = house.sessions().signedIn(request);
    if (signedIn != null && isOf(signedIn, issuer, sid)) {
      house.sessions().end(request);
      Identity identity = signedIn.identity();
      Events.fire(
          loggedOut,
          new LoggedOut(identity.provider(), identity.name(), LoggedOut.Reason.FRONT_CHANNEL));
    }
    if (sid.length() >= SHORTEST_SECRET) {
      house.sessions().end(issuer, sid);
    }
  }

  private static boolean isOf(SignedIn signedIn, String issuer, String sid) {
    Authentication authentication = signedIn.authentication();
    return authentication != null
        && sid.equals(authentication.sessionId())
        && issuer.equals(signedIn.identity().issuer());
  }

  private static Parameters query(HttpServletRequest request) {
    try {
      return Parameters.parse(request.getQueryString() == null ? "" : request.getQueryString());
    } catch (IllegalArgumentException e) {
      throw new LoginException(Refusal.LOGOUT_UNATTRIBUTED, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> one(Parameters query, String name) {
    return query.firstRepeated(Set.of(name)).isPresent() ? Optional.empty() : query.get(name);
  }

  /** Of the pages that may frame this one: the provider's. */
  private static String origins(Provider provider) {
    return Stream.concat(
            provider.settings().endpoints().issuer().stream().map(URI::create),
            Logout.endSessionEndpoint(provider).stream())
        .map(PublicAddress::origin)
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
