package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.Json;

/**
 * Tells a page's script who is signed in: JSON, never a redirection, never a token. Only pages of
 * the same origin can read it.
 */
public final class SessionServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public SessionServlet() {
    super("GET", "HEAD");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    SignedIn signedIn = house.sessions().signedIn(request);
    if (signedIn == null && house.sessions().isUnreadable(request)) {
      throw LoginFilter.unreadable();
    }
    Map<String, Object> body =
        signedIn == null ? nobody(house, request) : somebody(house, signedIn);
    ResponseHeaders.protect(response);
    response.setContentType("application/json");
    response.getOutputStream().write(Json.write(body).getBytes(UTF_8));
  }

  private static Map<String, Object> nobody(Vestibule house, HttpServletRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("authenticated", false);
    body.put("login_url", house.loginUrl());
    if (house.sessions().isFormer(request)) {
      body.put("reason", Sessions.EXPIRED);
    }
    return body;
  }

  private static Map<String, Object> somebody(Vestibule house, SignedIn signedIn) {
    Identity identity = signedIn.identity();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("authenticated", true);
    body.put("name", identity.name());
    body.put("provider", identity.provider());
    body.put("roles", identity.roles());
    body.put("scope", signedIn.tokens().scope().tokens());
    body.put("claims", Json.read(identity.claims()));
    Instant expiry = signedIn.tokens().expiresAt();
    if (expiry != null) {
      body.put("access_token_expires_at", seconds(expiry));
    }
    body.put("session_expires_at", seconds(house.sessions().expiry(signedIn)));
    body.put("logout_url", house.logoutUrl());
    body.put("csrf_token", signedIn.csrfToken().value());
    return body;
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
