package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.vestibule.login.AuthorizationCodeFlow;
import org.vestibule.login.BegunLogin;
import org.vestibule.protocol.LoginException;
import org.vestibule.provider.Provider;

/** Sends a browser to the provider: step A, and the memory of step B. */
final class LoginStart {

  private static final int FOUND = 302;
  private static final int SEE_OTHER = 303;

  private final AuthorizationCodeFlow flow;
  private final TakenProvider takenProvider;
  private final PublicAddress address;
  private final PendingLoginCookies cookies;
  private final Chooser chooser;
  private final LoginLoop loop;

  LoginStart(
      AuthorizationCodeFlow flow,
      TakenProvider takenProvider,
      PublicAddress address,
      PendingLoginCookies cookies,
      Chooser chooser,
      LoginLoop loop) {
    this.flow = flow;
    this.takenProvider = takenProvider;
    this.address = address;
    this.cookies = cookies;
    this.chooser = chooser;
    this.loop = loop;
  }

  /**
   * @param wanted which login it is to be
   * @param returnTo within this application
   * @throws LoginException the login cannot begin
   */
  void redirect(
      HttpServletRequest request,
      HttpServletResponse response,
      WantedLogin wanted,
      String returnTo) {
    redirect(request, response, wanted, returnTo, Optional.empty());
  }

  /**
   * The same, with a hint about who is going to sign in.
   *
   * @param loginHint as the provider understands it
   */
  void redirect(
      HttpServletRequest request,
      HttpServletResponse response,
      WantedLogin wanted,
      String returnTo,
      Optional<String> loginHint) {
    WantedLogin login = takenProvider.named(wanted, request, returnTo);
    String location =
        login.provider() == null && chooser.isAsking()
            ? chooser.url(login, returnTo)
            : begin(request, response, login, returnTo, loginHint, false);
    redirect(request, response, location);
  }

  /**
   * The same, if the provider can do without showing anything; if it cannot, the pending login says
   * that this is not the last word.
   *
   * @param wanted by the provider that it names
   */
  void redirectSilently(
      HttpServletRequest request,
      HttpServletResponse response,
      WantedLogin wanted,
      String returnTo) {
    redirect(request, response, begin(request, response, wanted, returnTo, Optional.empty(), true));
  }

  private static void redirect(
      HttpServletRequest request, HttpServletResponse response, String location) {
    boolean safe = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    ResponseHeaders.redirect(response, safe ? FOUND : SEE_OTHER, location);
  }

  private String begin(
      HttpServletRequest request,
      HttpServletResponse response,
      WantedLogin wanted,
      String returnTo,
      Optional<String> loginHint,
      boolean silent) {
    Provider provider = takenProvider.of(wanted, request);
    loop.leave(request, response);
    BegunLogin begun =
        flow.begin(
            provider,
            address.redirectUri(request),
            returnTo,
            wanted.authentication(),
            ForwardedParameters.of(provider, request, returnTo, loginHint),
            silent);
    cookies.put(request, response, begun.pending(), provider.settings().request().formPost());
    return begun.location().toString();
  }
}
