package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.InsufficientAuthenticationException;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.AccessRule;

/**
 * The challenge of a request that is being served already, when something in the application turns
 * out to need a stronger authentication. It is the one that the filter would have given, but for a
 * form: its body may be read by now, so it cannot be kept, and the user comes back to the page that
 * it was sent from.
 */
final class LateChallenge {

  /** An exception that wraps itself would otherwise be looked through for ever. */
  private static final int DEEPEST = 20;

  private LateChallenge() {}

  /** The one that an exception was thrown for; null if it has another cause. */
  static @Nullable InsufficientAuthenticationException in(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof InsufficientAuthenticationException insufficient) {
        return insufficient;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** Answers in place of what the application has written, of which nothing was sent yet. */
  static void replace(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      InsufficientAuthenticationException insufficient)
      throws IOException {
    response.reset();
    HeldResponse held = new HeldResponse(response);
    answer(house, request, held, insufficient);
    held.send();
  }

  static void answer(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      InsufficientAuthenticationException insufficient)
      throws IOException {
    AuthenticationRequirement required =
        new AuthenticationRequirement(insufficient.acrValues(), insufficient.maxAge());
    String path = RequestPath.of(request);
    if (house.accessRules().contradict(path, required)) {
      refuse(house, request, response);
      return;
    }
    SignedIn signedIn = house.sessions().signedIn(request);
    AccessRule rule = house.rule(request, path, required);
    WantedLogin wanted = WantedLogin.of(rule);
    if (signedIn != null) {
      wanted = new WantedLogin(signedIn.identity().provider(), wanted.authentication());
    }
    if (Challenge.of(request) == Challenge.NAVIGATION && !request.getMethod().equals("GET")) {
      leaveForm(house, request, response, wanted);
    } else {
      LoginFilter.challenge(house, request, response, rule, wanted, signedIn);
    }
  }

  /** Two rules that nobody can meet both of would send the user back and forth. */
  static void refuse(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    house
        .failurePage()
        .write(request, response, new LoginException(Refusal.AUTHENTICATION_CONTRADICTORY));
  }

  private static void leaveForm(
      Vestibule house, HttpServletRequest request, HttpServletResponse response, WantedLogin wanted)
      throws IOException {
    String returnTo = house.callingPage(request).orElseGet(house.returnAddress()::root);
    try {
      house.loginStart().redirect(request, response, wanted, returnTo);
    } catch (LoginException e) {
      house.failurePage().write(request, response, e, returnTo);
    }
  }
}
