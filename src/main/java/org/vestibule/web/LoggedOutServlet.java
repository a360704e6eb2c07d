package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Where a user lands after signing out: a public page that does not sign anybody in again by
 * itself, or the application's own in its place.
 */
public final class LoggedOutServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  private static final int OK = 200;
  private static final int SEE_OTHER = 303;

  /** For the container. */
  public LoggedOutServlet() {
    super("GET", "HEAD");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<String> ownPage = house.configuration().application().browser().loggedOutPage();
    if (ownPage.isPresent()) {
      ResponseHeaders.redirect(response, SEE_OTHER, house.contextPath() + ownPage.get());
      return;
    }
    Page.of("loggedout", request)
        .withButton("action.home", house.returnAddress().root())
        .write(response, OK);
  }
}
