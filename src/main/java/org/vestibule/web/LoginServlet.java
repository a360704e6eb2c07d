package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;

/**
 * Starts a login: {@code GET /oauth/login?provider=…&return=/path}, with {@code acr_values} and
 * {@code max_age} for a step-up. Whoever is signed in stays so until the new login is complete. A
 * prefetch or a picture starts none: it would push out the logins that people have begun.
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
    boolean framed =
        house.configuration().application().manners().partitionedCookies()
            && Challenge.isFrame(request);
    if (Challenge.of(request) == Challenge.SILENT && !framed) {
      throw new LoginException(Refusal.NOT_SIGNED_IN, "nobody looks at this request");
    }
    @Nullable String wanted = request.getParameter("return");
    String returnTo =
        wanted == null ? house.returnAddress().root() : house.returnAddress().accepted(wanted);
    WantedLogin login = WantedLogin.of(request);
    Optional<WantedLogin> silent = house.renewal().of(request, login);
    if (silent.isEmpty() && login.provider() == null && house.chooser().isAsking()) {
      house.chooser().write(request, response, returnTo);
      return;
    }
    try {
      if (silent.isPresent()) {
        house.renewal().begin(request, response, silent.get(), returnTo);
      } else {
        house.loginStart().redirect(request, response, login, returnTo);
      }
    } catch (LoginException e) {
      house.failurePage().write(request, response, e, returnTo);
    }
  }
}
