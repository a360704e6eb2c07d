package org.vestibule.web;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.InsufficientAuthenticationException;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.AccessRule;

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

  private static final Logger LOG = Logger.getLogger("org.vestibule");
  @Inject transient @Nullable Event<LoggedOut> loggedOut;
  private transient @Nullable CurrentVestibule current;
  private transient ServletRequirements servlets = ServletRequirements.NONE;

  /** For the container. */
  public LoginFilter() {}

  LoginFilter(CurrentVestibule current) {
    this.current = current;
  }

  /**
   * Does not fail: a server may leave out a filter that does. Without a house every request fails.
   * It comes after all listeners, which can still register servlets.
   */
  @Override
  public void init() {
    try {
      servlets = ServletRequirements.in(getServletContext());
      current = CurrentVestibule.findIn(getServletContext());
      if (current == null) {
        LOG.severe(() -> "Every request is going to fail: " + CurrentVestibule.NOT_THERE);
      }
    } catch (IllegalArgumentException e) {
      LOG.severe(() -> "Every request is going to fail: " + e.getMessage());
    }
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
    Vestibule house = CurrentVestibule.required(current).get();
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      identify(house, request, response, chain);
      return;
    }
    String path = RequestPath.of(request);
    boolean plain = !RequestPath.hasTricks(request.getRequestURI());
    if (RequestPath.isAmbiguous(path)
        || house.accessRules().cannotJudge(path)
        || house.accessRules().cannotJudge(plain, request, path)) {
      house.failurePage().write(request, response, new LoginException(Refusal.PATH_REFUSED));
      return;
    }
    AuthenticationRequirement more = servlets.of(request);
    boolean open =
        plain && more.isEmpty() && (house.paths().isOwn(path) || house.paths().isPublic(path));
    if (house.accessRules().contradict(path, more)) {
      LateChallenge.refuse(house, request, response);
      return;
    }
    SignedIn signedIn = house.sessions().signedIn(request);
    if (signedIn != null) {
      if (!open) {
        response.setHeader("Cache-Control", "private, no-store");
        AccessRule rule = house.rule(request, path, more);
        if (rule != null && !admits(house, rule, signedIn, request, response)) {
          return;
        }
        if (PostPreservation.isResuming(request)) {
          resume(house, request, response, signedIn, chain);
          return;
        }
      }
      if (open && isOfAnother(house, path, signedIn, request)) {
        house.sessions().conceal(request);
        serve(house, request, response, chain);
        return;
      }
      serve(house, authenticated(house, request, response, signedIn), response, chain);
      return;
    }
    Identity owner = house.sessions().lastKnown(request);
    farewell(house.sessions().endIfOver(request));
    if (open) {
      serve(house, request, response, chain);
    } else if (house.sessions().isDoubtful(request)) {
      TwinCookies.refuse(house, request, response);
    } else if (house.sessions().isUnreadable(request)) {
      house.failurePage().write(request, response, unreadable(), request.getRequestURI());
    } else {
      AccessRule rule = house.rule(request, path, more);
      challenge(
          house,
          request,
          response,
          rule,
          WantedLogin.of(rule),
          ScriptChallenge.LOGIN_REQUIRED,
          owner);
    }
  }

  /** What somebody is told of whom nobody can say whether they are signed in. */
  static LoginException unreadable() {
    return new LoginException(ProviderTrouble.SHARED_STATE, "it may have the session of a request");
  }

  /** Lets the application answer, which may find only then that it needs more of the caller. */
  private static void serve(
      Vestibule house, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException e) {
      InsufficientAuthenticationException insufficient = LateChallenge.in(e);
      if (insufficient == null || response.isCommitted()) {
        throw e;
      }
      LateChallenge.replace(house, request, response, insufficient);
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
    AccessRule rule = house.rule(request, RequestPath.of(request), AuthenticationRequirement.NONE);
    challenge(
        house,
        request,
        response,
        rule,
        WantedLogin.of(rule),
        ScriptChallenge.LOGIN_REQUIRED,
        owner);
  }

  /** Whether a public page is for the users of another provider, so that this one is a stranger. */
  private static boolean isOfAnother(
      Vestibule house, String path, SignedIn signedIn, HttpServletRequest request) {
    AccessRule rule =
        house.paths().isOwn(path)
            ? null
            : house.rule(request, path, AuthenticationRequirement.NONE);
    return rule != null && Gate.isByAnother(rule, signedIn);
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
      challenge(house, request, response, rule, missing, signedIn);
    }
    return missing == null;
  }

  /**
   * Asks for another login.
   *
   * @param signedIn who is signed in already; null for nobody
   */
  static void challenge(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable AccessRule rule,
      WantedLogin wanted,
      @Nullable SignedIn signedIn)
      throws IOException {
    boolean stepUp = signedIn != null && !wanted.authentication().isEmpty();
    Identity owner = signedIn == null ? null : signedIn.identity();
    String error = stepUp ? ScriptChallenge.STEP_UP_REQUIRED : ScriptChallenge.LOGIN_REQUIRED;
    challenge(house, request, response, rule, wanted, error, owner);
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
      serve(house, authenticated(house, original, response, signedIn), response, chain);
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
    return new AuthenticatedRequest(request, response, signedIn.identity(), house, loggedOut);
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
      case FETCH ->
          ScriptChallenge.fetch(
              response, wanted, loginUrl, error, house.sessions().isFormer(request));
      case FACES -> ScriptChallenge.faces(response, loginUrl);
      case HTMX -> ScriptChallenge.htmx(response, loginUrl);
      case SILENT -> ScriptChallenge.silent(response);
    }
  }
}
