package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.vestibule.api.PageAttributes;
import org.vestibule.protocol.LoginException;
import org.vestibule.provider.Setting;

/**
 * Where a user lands after signing out: a public page that does not sign anybody in again by
 * itself, or the application's own in its place.
 */
public final class LoggedOutServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = Logger.getLogger("org.vestibule");
  private static final int OK = 200;
  private static final int SEE_OTHER = 303;

  /** For the container. */
  public LoggedOutServlet() {
    super("GET", "HEAD");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isBack(house, request, response)) {
      ResponseHeaders.redirect(response, SEE_OTHER, house.contextPath() + PathRules.LOGGED_OUT);
      return;
    }
    String root = house.returnAddress().root();
    Page page =
        Page.of("loggedout", request)
            .withButton("action.home", root)
            .withAttribute(PageAttributes.RETRY_URL, root);
    house.pages().write(Setting.LOGGED_OUT_PAGE, page, request, response, OK);
  }

  /**
   * Whether the browser is back from the logout that it left for, and has the {@code state} in its
   * address. Whatever comes back, the user is signed out here: there is nothing to tell them.
   */
  private static boolean isBack(
      Vestibule house, HttpServletRequest request, HttpServletResponse response) {
    try {
      return request.getMethod().equals("GET") && house.logoutState().end(request, response);
    } catch (LoginException e) {
      LOG.log(Level.INFO, e::getMessage);
      return false;
    }
  }
}
