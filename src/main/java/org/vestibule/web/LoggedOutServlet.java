package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.vestibule.api.PageAttributes;
import org.vestibule.provider.Setting;

/**
 * Where a user lands after signing out: a public page that does not sign anybody in again by
 * itself, or the application's own in its place.
 */
public final class LoggedOutServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  private static final int OK = 200;

  /** For the container. */
  public LoggedOutServlet() {
    super("GET", "HEAD");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String root = house.returnAddress().root();
    Page page =
        Page.of("loggedout", request)
            .withButton("action.home", root)
            .withAttribute(PageAttributes.RETRY_URL, root);
    house.pages().write(Setting.LOGGED_OUT_PAGE, page, request, response, OK);
  }
}
