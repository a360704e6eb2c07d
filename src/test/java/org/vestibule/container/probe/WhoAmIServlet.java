package org.vestibule.container.probe;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.vestibule.api.Caller;

/** Who the request is from. */
@WebServlet(
    urlPatterns = {"/whoami", "/public/whoami", "/error-page"},
    asyncSupported = true)
public class WhoAmIServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Texts.write(
        response,
        Who.asks(request)
            + "remoteUser="
            + (request.getRemoteUser() == null ? "" : request.getRemoteUser())
            + "\n"
            + ("servlet".equals(request.getParameter("by")) ? "" : Who.is(caller)));
  }
}
