package org.vestibule.container.probe;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A filter of the application. It counts what it sees, tells whom it sees in a header, and answers
 * {@code /from-a-filter} by itself, as some frameworks do.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class GreedyFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Inject private transient Hits hits;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getServletPath().startsWith("/public")) {
      hits.count("filter");
    }
    response.setHeader("X-Seen-By-Filter", String.valueOf(request.getRemoteUser()));
    if (request.getServletPath().equals("/from-a-filter")) {
      Texts.write(response, ProtectedServlet.CANARY);
    } else {
      chain.doFilter(request, response);
    }
  }
}
