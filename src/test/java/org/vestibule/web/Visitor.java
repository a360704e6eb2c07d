package org.vestibule.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockServletConfig;
import org.springframework.mock.web.MockServletContext;
import org.vestibule.api.LoggedOut;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;

/**
 * Somebody with a browser before an application that Vestibule guards: the filter, the servlets
 * and, behind them, an application that takes note of what reaches it.
 */
final class Visitor {

  /** What the application answers. */
  static final String APPLICATION = "the application";

  private final MockServletContext context = new MockServletContext();
  private final LoginFilter filter;
  private final Observed<LoggedOut> loggedOut = new Observed<>();
  private final Map<String, Servlet> servlets = new LinkedHashMap<>();
  private final RawBrowser elsewhere = new RawBrowser();
  private Map<String, Cookie> cookies = new LinkedHashMap<>();
  private @Nullable MockHttpSession session;
  private @Nullable String sessionId;
  private final List<HttpServletRequest> served = new ArrayList<>();

  Visitor(Vestibule house) {
    this(new CurrentVestibule(house));
  }

  Visitor(CurrentVestibule current) {
    current.moveInto(context);
    filter = new LoginFilter(current);
    filter.loggedOut = loggedOut;
    serve("/oauth/callback", new CallbackServlet());
    serve("/oauth/login", new LoginServlet());
    serve("/oauth/logout", new LogoutServlet());
    serve("/oauth/logged-out", new LoggedOutServlet());
    serve("/oauth/session", new SessionServlet());
    serve("/oauth/backchannel-logout", new BackChannelLogoutServlet());
    serve("/oauth/signed-in", new SignedInServlet());
    serve("/oauth/frontchannel-logout", frontChannelLogout());
    serve("/oauth/initiate", new InitiateServlet());
    serve("/oauth/fragment.js", new FragmentScriptServlet());
    serve("/oauth/jwks", new JwksServlet());
    serve("/oauth/doctor", new DoctorServlet());
  }

  private FrontChannelLogoutServlet frontChannelLogout() {
    FrontChannelLogoutServlet servlet = new FrontChannelLogoutServlet();
    servlet.loggedOut = loggedOut;
    return servlet;
  }

  /** In place of the servlet that has no observers. */
  void serve(String path, EndpointServlet servlet) {
    try {
      servlet.init(new MockServletConfig(context));
    } catch (ServletException e) {
      throw new AssertionError(e);
    }
    servlets.put(path, servlet);
  }

  /** Another browser before the same application. */
  Visitor neighbour() {
    return new Visitor(CurrentVestibule.in(context));
  }

  MockHttpServletResponse get(String pathAndQuery) {
    return send(Requests.get(pathAndQuery));
  }

  /** Follows a redirection to the application, relative or absolute. */
  MockHttpServletResponse follow(MockHttpServletResponse response) {
    return goTo(String.valueOf(response.getHeader("Location")));
  }

  /** Goes to an address of the application. */
  MockHttpServletResponse goTo(String address) {
    String path = address.replaceFirst("^https?://[^/]+", "");
    if (!path.startsWith(Houses.CONTEXT_PATH + "/")) {
      throw new AssertionError("not within the application: " + address);
    }
    return get(path.substring(Houses.CONTEXT_PATH.length()));
  }

  /**
   * Goes to the provider and comes back with the address of the callback. What comes back in a form
   * is its query.
   */
  String atProvider(MockHttpServletResponse redirection) {
    RawResponse answer = elsewhere.get(String.valueOf(redirection.getHeader("Location")));
    return answer.isRedirect()
        ? answer.location()
        : answer.form().action() + "?" + answer.form().fields().encoded();
  }

  /** Asks for the page, signs in, and comes back to it. */
  MockHttpServletResponse signIn(String pathAndQuery) {
    return follow(goTo(atProvider(get(pathAndQuery))));
  }

  MockHttpServletResponse send(MockHttpServletRequest request) {
    dress(request);
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      filter.doFilter(request, response, chain());
    } catch (ServletException | IOException e) {
      throw new AssertionError(e);
    }
    undress(request, response);
    return response;
  }

  private FilterChain chain() {
    return (request, response) -> {
      HttpServletRequest http = (HttpServletRequest) request;
      served.add(http);
      Servlet servlet = servlets.get(http.getServletPath());
      if (servlet != null) {
        servlet.service(request, response);
      } else {
        response.getOutputStream().print(APPLICATION);
      }
    };
  }

  private void dress(MockHttpServletRequest request) {
    if (!cookies.isEmpty() && request.getCookies() == null) {
      request.setCookies(cookies.values().toArray(Cookie[]::new));
    }
    if (session != null && !session.isInvalid()) {
      request.setSession(session);
      request.setRequestedSessionId(session.getId());
      session.setNew(false);
    } else {
      request.setRequestedSessionId(sessionId);
    }
  }

  private void undress(MockHttpServletRequest request, MockHttpServletResponse response) {
    for (Cookie cookie : response.getCookies()) {
      cookies.remove(cookie.getName());
      if (cookie.getMaxAge() != 0) {
        cookies.put(cookie.getName(), cookie);
      }
    }
    session = (MockHttpSession) request.getSession(false);
    sessionId = session == null ? sessionId : session.getId();
  }

  /** By name; changes count. */
  Map<String, Cookie> cookies() {
    return cookies;
  }

  /** All but those that go with a session. */
  Map<String, Cookie> cookiesOfLogins() {
    Map<String, Cookie> others = new HashMap<>(cookies);
    others.keySet().removeIf(name -> name.endsWith("-session") || name.endsWith("-arrived"));
    return others;
  }

  /** A browser that keeps none. */
  void blockCookies() {
    cookies = new BlockedCookies();
  }

  /** Null as long as there is none. */
  @Nullable MockHttpSession session() {
    return session;
  }

  /** As if the server had no session of this id any more. */
  void loseSession() {
    session = null;
  }

  /** As if the browser kept no session cookie. */
  void loseSessionCookie() {
    session = null;
    sessionId = null;
  }

  /** Somebody else's session, as an attacker who plants its id has it. */
  void adopt(MockHttpSession other) {
    session = other;
  }

  /** Whose session was over when it was next used, or ended by a frame of the provider. */
  List<LoggedOut> loggedOut() {
    return loggedOut.fired();
  }

  /** The requests that got past the filter, as the servlets saw them. */
  List<HttpServletRequest> served() {
    return served;
  }

  /** The last of them. */
  HttpServletRequest lastServed() {
    if (served.isEmpty()) {
      throw new AssertionError("nothing got past the filter");
    }
    return served.get(served.size() - 1);
  }

  private static final class BlockedCookies extends LinkedHashMap<String, Cookie> {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Cookie put(String name, Cookie cookie) {
      return null;
    }
  }
}
