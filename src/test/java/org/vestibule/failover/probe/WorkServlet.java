package org.vestibule.failover.probe;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.AccessTokenSource;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.api.Caller;

/**
 * Work that goes on at this node outside of requests, by a name: begun for the caller, and asked by
 * anybody which access token it has.
 */
@WebServlet("/work")
public class WorkServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;

  private final transient Map<String, AccessTokenSource> begun = new ConcurrentHashMap<>();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().print(answer(request.getParameter("begin"), request.getParameter("ask")));
  }

  private String answer(@Nullable String begin, @Nullable String ask) {
    if (begin != null) {
      begun.put(begin, caller.accessTokenSource());
      return "begun";
    }
    AccessTokenSource source = ask == null ? null : begun.get(ask);
    return source == null ? "nothing was begun" : token(source);
  }

  private static String token(AccessTokenSource source) {
    try {
      return TokenServlet.fingerprint(source.accessToken());
    } catch (AccessTokenUnavailableException e) {
      return "unavailable, login required: " + e.isLoginRequired();
    }
  }
}
