package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;

/** Where a login ends that was begun in a tab of its own: the other tab is where one goes on. */
public final class SignedInServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  private static final int OK = 200;

  /** For the container. */
  public SignedInServlet() {
    super("GET", "HEAD");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (house.sessions().signedIn(request) == null) {
      throw new LoginException(Refusal.NOT_SIGNED_IN);
    }
    Page.of("signedin", request)
        .withLink("action.home", house.returnAddress().root())
        .write(response, OK);
  }
}
