package org.vestibule.showcase;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.api.Caller;

/**
 * Calls a protected API with the caller's access token and answers what it said: {@code {"status":
 * 200, "url": "https://…", "body": …}}, the body as JSON if it is JSON and as a string otherwise.
 * The browser never holds the token; the server uses it (RFC 6750 section 2.1).
 *
 * <p>If there is no answer to show: {@code {"error": "…", "message": "a sentence"}}.
 */
@WebServlet("/showcase/api")
public final class ApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;

  private transient ProtectedApi api;

  @Override
  public void init() {
    api = new ProtectedApi(new BoundedHttpClient(), ConfigProvider.getConfig());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      ProtectedApi.Answer answer = api.call(caller);
      JsonAnswer.send(
          response,
          HttpServletResponse.SC_OK,
          Json.createObjectBuilder()
              .add("status", answer.status())
              .add("url", answer.address().toString())
              .add("body", answer.body()));
    } catch (ApiUnavailableException e) {
      JsonAnswer.fail(response, e.status(), "api_unavailable", e.getMessage());
    } catch (AccessTokenUnavailableException e) {
      JsonAnswer.fail(response, e);
    }
  }
}
