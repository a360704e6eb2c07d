package org.vestibule.web;

import static org.vestibule.provider.ApplicationSettings.Paths.FRAGMENT_SCRIPT;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.vestibule.protocol.Parameters;

/**
 * Takes the fragment of an address along to the login, so that it ends there: a browser tells the
 * server nothing of it, and has forgotten it when it is back from the provider. A page in place of
 * the redirection has a script that puts it into the address of the login. Only where the setting
 * {@code keep-fragment} is {@code on}; a browser that runs no scripts goes on without the fragment.
 */
final class KeptFragment {

  private static final String SIGN_IN = "action.signin";
  private static final String AT_ONCE = "now";
  private static final int UNAUTHORIZED = 401;

  private final boolean enabled;
  private final String loginUrl;
  private final String script;

  KeptFragment(boolean enabled, String contextPath, String loginUrl) {
    this.enabled = enabled;
    this.loginUrl = loginUrl;
    this.script =
        contextPath
            + FRAGMENT_SCRIPT
            + "?"
            + Integer.toHexString(FragmentScriptServlet.SCRIPT.hashCode());
  }

  /** Whether a navigation is to be answered with the page. */
  boolean isWanted(HttpServletRequest request) {
    return enabled && request.getMethod().equals("GET");
  }

  /**
   * Answers with the page.
   *
   * @param wanted which login it is to be
   * @param returnTo within this application, without fragment
   */
  void write(
      HttpServletRequest request, HttpServletResponse response, WantedLogin wanted, String returnTo)
      throws IOException {
    String login = wanted.url(loginUrl + "?return=" + Parameters.encode(returnTo));
    response.setHeader("WWW-Authenticate", "Login");
    Page.of("silent", request)
        .withReturnButton(SIGN_IN, login, AT_ONCE)
        .withScript(script, login)
        .write(response, UNAUTHORIZED);
  }

  /**
   * A page with a button that leads to a login and back, with the fragment if it is to be kept.
   *
   * @param login its address, with the parameter {@code return}
   */
  Page withSignIn(Page page, String login) {
    return enabled
        ? page.withReturnButton(SIGN_IN, login, "").withScript(script, "")
        : page.withButton(SIGN_IN, login);
  }
}
