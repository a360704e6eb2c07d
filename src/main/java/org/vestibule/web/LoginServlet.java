package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.LoginException;

/**
 * Starts a login: {@code GET /oauth/login?provider=…&return=/path}. Whoever is signed in stays so
 * until the new login is complete.
 */
public final class LoginServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public LoginServlet() {
    super("GET");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    @Nullable String wanted = request.getParameter("return");
    String returnTo =
        wanted == null ? house.returnAddress().root() : house.returnAddress().accepted(wanted);
    try {
      house.loginStart().redirect(request, response, request.getParameter("provider"), returnTo);
    } catch (LoginException e) {
      house.failurePage().write(request, response, e, returnTo);
    }
  }
}
