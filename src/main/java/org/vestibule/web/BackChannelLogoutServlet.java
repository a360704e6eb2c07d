package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.vestibule.login.BackChannelLogout;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.openid.VerifiedLogoutToken;
import org.vestibule.provider.Json;

/**
 * Where a provider says that somebody signed out there (OpenID Connect Back-Channel Logout section
 * 2.5). It is the provider's server that calls, without cookies: no session is looked for and none
 * is made. Whose it is ends when it is next used.
 */
public final class BackChannelLogoutServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final String LOGOUT_TOKEN = "logout_token";

  /** For the container. */
  public BackChannelLogoutServlet() {
    super("POST");
  }

  /** Section 2.8: 200, or 400 with a JSON document, which is the same whatever was wrong. */
  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ResponseHeaders.protect(response);
    try {
      VerifiedLogoutToken token =
          BackChannelLogout.judge(house.providers().values(), logoutToken(request));
      house.sessions().end(token);
      house.lasting().ended().awaitOthers();
      response.setStatus(OK);
    } catch (LoginException e) {
      boolean isOfTheToken = e.failure() instanceof Violation;
      LOG.log(isOfTheToken ? Level.INFO : house.lasting().warnings().level(e), e::getMessage);
      response.setStatus(BAD_REQUEST);
      response.setContentType("application/json");
      byte[] body = Json.write(Map.of("error", "invalid_request")).getBytes(UTF_8);
      response.getOutputStream().write(body);
    }
  }

  private static Secret logoutToken(HttpServletRequest request) throws IOException {
    try {
      Parameters form = FormBody.read(request);
      if (form.firstRepeated(Set.of(LOGOUT_TOKEN)).isPresent()) {
        throw new LoginException(Violation.LOGOUT_TOKEN_MISSING, "more than one");
      }
      return form.get(LOGOUT_TOKEN)
          .map(Secret::of)
          .orElseThrow(() -> new LoginException(Violation.LOGOUT_TOKEN_MISSING, "none"));
    } catch (IllegalArgumentException e) {
      throw new LoginException(Violation.LOGOUT_TOKEN_MISSING, String.valueOf(e.getMessage()));
    }
  }
}
