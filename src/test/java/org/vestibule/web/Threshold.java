package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.testing.MovableClock;

/**
 * The filter before an application that takes note of what reaches it, with two providers that
 * nobody asks for anything. Whoever is signed in is so by the first.
 */
final class Threshold {

  private final MovableClock clock = new MovableClock();
  private final Vestibule house =
      Houses.with(
          clock,
          Houses.usualSettings(
              "providers", "corp,partner",
              "discovery", "off",
              "authorization-endpoint", Houses.ISSUER + "/authorize",
              "token-endpoint", Houses.ISSUER + "/token",
              "jwks-uri", Houses.ISSUER + "/jwks",
              "provider.partner.authorization-endpoint", "https://partner.example/authorize",
              "public-paths", "/about,/public/*,/partner/about",
              "paths.1.pattern", "/admin/*",
              "paths.1.roles", "admin",
              "paths.2.pattern", "/transfer",
              "paths.2.acr-values", "gold",
              "paths.3.pattern", "/api/*",
              "paths.3.challenge", "unauthorized",
              "paths.4.pattern", "/partner/*",
              "paths.4.provider", "partner"));
  private final Observed<LoggedOut> loggedOut = new Observed<>();
  private final LoginFilter filter = new LoginFilter(new CurrentVestibule(house));
  private final List<HttpServletRequest> served = new ArrayList<>();
  private FilterChain application = (request, response) -> served.add((HttpServletRequest) request);

  Threshold() {
    filter.loggedOut = loggedOut;
  }

  MovableClock clock() {
    return clock;
  }

  Vestibule house() {
    return house;
  }

  /** What reached the application. */
  List<HttpServletRequest> served() {
    return served;
  }

  /** Whose session was over when it was next used. */
  List<LoggedOut> loggedOut() {
    return loggedOut.fired();
  }

  /** From now on there is this one. */
  void application(FilterChain other) {
    application = other;
  }

  MockHttpServletResponse send(ServletRequest request) {
    return send(filter, request);
  }

  MockHttpServletResponse send(LoginFilter through, ServletRequest request) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      through.doFilter(request, response, application);
    } catch (ServletException | IOException e) {
      throw new AssertionError(e);
    }
    return response;
  }

  /** The same request, by somebody who is signed in. */
  MockHttpServletRequest signedIn(MockHttpServletRequest request) {
    return signedIn(request, null, "staff");
  }

  MockHttpServletRequest signedIn(
      MockHttpServletRequest request, @Nullable String acr, String... roles) {
    house
        .sessions()
        .establish(
            request,
            new SignedIn(
                new Identity("corp", Houses.ISSUER, "248289761001", "j.doe", Set.of(roles), "{}"),
                new Authentication(null, acr, null),
                new Tokens(Secret.of(People.ACCESS_TOKEN), null, null, null, Scope.parse("openid")),
                clock.instant(),
                Secret.of("csrf")));
    return request;
  }

  void assertAsked(MockHttpServletResponse response) {
    assertThat(response.getStatus()).isEqualTo(302);
    assertThat(response.getHeader("Location")).startsWith(Houses.ISSUER + "/authorize?");
    assertThat(served).isEmpty();
  }

  /** As it came, so that the application sees a stranger. */
  void assertServedAsItIs(MockHttpServletRequest request) {
    assertThat(served).singleElement().isSameAs(request);
  }

  void assertServedToJane() {
    assertThat(served).singleElement().returns("j.doe", HttpServletRequest::getRemoteUser);
  }
}
