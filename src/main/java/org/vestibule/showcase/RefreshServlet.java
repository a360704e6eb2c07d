package org.vestibule.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.api.Caller;

/**
 * Refreshes the access token, due or not (RFC 6749 section 6), and answers when the new one
 * expires: {@code {"access_token_expires_at": "…Z"}}, without the member if the provider did not
 * say. The header {@code X-CSRF-Token} must repeat {@link Caller#csrfToken()}.
 *
 * <p>If it cannot: {@code {"error": "…", "message": "a sentence"}}.
 */
@WebServlet("/showcase/refresh")
public final class RefreshServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!isFromOurPage(request.getHeader("X-CSRF-Token"))) {
      JsonAnswer.fail(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "csrf_token_mismatch",
          "This request did not come from your page. Load the page again and retry.");
      return;
    }
    try {
      caller.refresh();
      JsonObjectBuilder answer = Json.createObjectBuilder();
      caller
          .accessTokenExpiresAt()
          .ifPresent(instant -> answer.add("access_token_expires_at", instant.toString()));
      JsonAnswer.send(response, HttpServletResponse.SC_OK, answer);
    } catch (AccessTokenUnavailableException e) {
      JsonAnswer.fail(response, e);
    }
  }

  private boolean isFromOurPage(@Nullable String repeated) {
    String expected = caller.csrfToken();
    return repeated != null
        && !expected.isEmpty()
        && MessageDigest.isEqual(expected.getBytes(UTF_8), repeated.getBytes(UTF_8));
  }
}
