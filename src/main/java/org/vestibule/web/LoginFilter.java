package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.AccessRule;
import org.vestibule.provider.Json;

/**
 * Guards the application: whoever is signed in goes on as themselves, whoever is not sees public
 * pages only and is asked to sign in for everything else. It is the first filter of every request,
 * and once it has refused one nothing behind it runs.
 *
 * <p>It sees requests from outside. Forwards and includes within the application are the
 * application's own decisions and carry the caller along; for error pages, which containers
 * dispatch with the request from before the filters, it only says again who calls.
 */
public final class LoginFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final int UNAUTHORIZED = 401;
  private static final String LOGIN_REQUIRED = "login_required";

  /** RFC 9470 section 3. */
  private static final String STEP_UP_REQUIRED = "insufficient_user_authentication";

  @Inject transient @Nullable Event<LoggedOut> loggedOut;
  private transient @Nullable Vestibule vestibule;

  /** For the container. */
  public LoginFilter() {}

  LoginFilter(Vestibule vestibule) {
    this.vestibule = vestibule;
  }

  /**
   * Does not fail: a server may leave out a filter that does. Without a house every request fails.
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    super.init(config);
    vestibule = Vestibule.findIn(config.getServletContext());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse httpResponse) {
      doFilter(http, httpResponse, chain);
    } else {
      throw new ServletException("only HTTP is understood");
    }
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Vestibule house = Vestibule.required(vestibule);
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      identify(house, request, response, chain);
      return;
    }
    String path = RequestPath.of(request);
    if (RequestPath.isAmbiguous(path) || house.accessRules().cannotJudge(path)) {
      house.failurePage().write(request, response, new LoginException(Refusal.PATH_REFUSED));
      return;
    }
    boolean plain = !RequestPath.hasTricks(request.getRequestURI());
    boolean open = plain && (house.paths().isOwn(path) || house.paths().isPublic(path));
    SignedIn signedIn = house.sessions().signedIn(request);
    if (signedIn != null) {
      if (!open) {
        response.setHeader("Cache-Control", "private, no-store");
        AccessRule rule = house.accessRules().of(path);
        if (rule != null && !admits(house, rule, signedIn, request, response)) {
          return;
        }
        if (PostPreservation.isResuming(request)) {
          resume(house, request, response, signedIn, chain);
          return;
        }
      }
      chain.doFilter(authenticated(house, request, response, signedIn), response);
      return;
    }
    Identity owner = house.sessions().lastKnown(request);
    farewell(house.sessions().endIfOver(request));
    if (open) {
      chain.doFilter(request, response);
    } else {
      challenge(house, request, response, owner);
    }
  }

  /**
   * Asks somebody to sign in who is not.
   *
   * @param owner of the session that has ended; null if there was none, or it is not known
   */
  static void challenge(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Identity owner)
      throws IOException {
    AccessRule rule = house.accessRules().of(RequestPath.of(request));
    challenge(house, request, response, rule, WantedLogin.of(rule), LOGIN_REQUIRED, owner);
  }

  /** Whether a rule lets somebody pass who is signed in; else the request is answered. */
  private static boolean admits(
      Vestibule house,
      AccessRule rule,
      SignedIn signedIn,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Refusal refusal = house.gate().refusal(rule, signedIn);
    if (refusal != null) {
      house.gate().refuse(refusal, rule, signedIn, request, response);
      return false;
    }
    WantedLogin missing = house.gate().missing(rule, signedIn);
    if (missing != null) {
      String error = missing.authentication().isEmpty() ? LOGIN_REQUIRED : STEP_UP_REQUIRED;
      challenge(house, request, response, rule, missing, error, signedIn.identity());
    }
    return missing == null;
  }

  private void farewell(Sessions.@Nullable Over over) {
    if (over != null) {
      Identity identity = over.identity();
      Events.fire(loggedOut, new LoggedOut(identity.provider(), identity.name(), over.reason()));
    }
  }

  /** A form that was sent before the login goes on as if it was sent now. */
  private void resume(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      SignedIn signedIn,
      FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest original;
    try {
      original =
          house
              .preservation()
              .resume(request, response, signedIn.identity(), house.loginInNewTabUrl());
    } catch (LoginException e) {
      house.failurePage().write(request, response, e, request.getRequestURI());
      return;
    }
    if (original != null) {
      chain.doFilter(authenticated(house, original, response, signedIn), response);
    }
  }

  /** An error page of the application: what failed was judged before, the page only needs names. */
  private void identify(
      Vestibule house, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SignedIn signedIn = house.sessions().signedIn(request);
    chain.doFilter(
        signedIn == null ? request : authenticated(house, request, response, signedIn), response);
  }

  private HttpServletRequest authenticated(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      SignedIn signedIn) {
    return new AuthenticatedRequest(
        request, response, signedIn.identity(), house.sessions(), loggedOut);
  }

  private static void challenge(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable AccessRule rule,
      WantedLogin wanted,
      String error,
      @Nullable Identity owner)
      throws IOException {
    if (!house.configuration().isUsable()) {
      house.failurePage().write(request, response, new LoginException(Refusal.NOT_CONFIGURED));
      return;
    }
    String returnTo = house.returnAddress().of(request);
    Challenge silent = rule != null && rule.unauthorized() ? Challenge.FETCH : Challenge.NAVIGATION;
    String loginUrl = wanted.url(house.loginUrl(request));
    switch (Challenge.of(request, silent)) {
      case NAVIGATION ->
          NavigationChallenge.answer(house, request, response, wanted, owner, returnTo);
      case FETCH -> refuseFetch(house, request, response, wanted, loginUrl, error);
      case FACES -> redirectFaces(response, loginUrl);
      case HTMX -> redirectHtmx(response, loginUrl);
      case SILENT -> refuseSilently(response);
    }
  }

  private static void refuseFetch(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      WantedLogin wanted,
      String loginUrl,
      String error)
      throws IOException {
    ResponseHeaders.protect(response);
    response.setStatus(UNAUTHORIZED);
    response.setHeader("WWW-Authenticate", scheme(wanted, loginUrl, error));
    response.setContentType("application/json");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", error);
    body.put("login_url", loginUrl);
    if (house.sessions().isFormer(request)) {
      body.put("reason", Sessions.EXPIRED);
    }
    response.getOutputStream().write(Json.write(body).getBytes(UTF_8));
  }

  /** The words of RFC 9470 section 3, where it is a step-up. */
  private static String scheme(WantedLogin wanted, String loginUrl, String error) {
    String url = "Login url=\"" + loginUrl + "\"";
    return error.equals(LOGIN_REQUIRED)
        ? url
        : url
            + ", error=\""
            + error
            + "\""
            + wanted.acrValues().map(values -> ", acr_values=\"" + values + "\"").orElse("")
            + wanted.maxAge().map(age -> ", max_age=\"" + age + "\"").orElse("");
  }

  /** The answer that Jakarta Faces' script understands as "go there". */
  private static void redirectFaces(HttpServletResponse response, String loginUrl)
      throws IOException {
    ResponseHeaders.protect(response);
    response.setContentType("text/xml");
    response.setCharacterEncoding("UTF-8");
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
            + Page.escape(loginUrl)
            + "\"/></partial-response>";
    response.getOutputStream().write(body.getBytes(UTF_8));
  }

  private static void redirectHtmx(HttpServletResponse response, String loginUrl) {
    ResponseHeaders.protect(response);
    response.setStatus(UNAUTHORIZED);
    response.setHeader("HX-Redirect", loginUrl);
  }

  private static void refuseSilently(HttpServletResponse response) {
    ResponseHeaders.protect(response);
    response.setStatus(UNAUTHORIZED);
    response.setHeader("WWW-Authenticate", "Login");
  }
}
