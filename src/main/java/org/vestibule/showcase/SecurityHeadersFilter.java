package org.vestibule.showcase;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.vestibule.api.Caller;

/**
 * What a browser may do with the pages of the showcase: run their own scripts, and nothing else.
 *
 * <p>Vestibule's own pages below {@code /oauth/} bring their own headers.
 */
@WebFilter("/*")
public final class SecurityHeadersFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'; form-action ";

  @Inject transient Caller caller;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = decodedPath(request);
    if (!path.startsWith("/oauth/")) {
      boolean personal = path.startsWith("/account/") || path.startsWith("/showcase/");
      response.setHeader("Content-Security-Policy", POLICY + (personal ? formTargets() : "'none'"));
      response.setHeader("Cache-Control", personal ? "no-store" : "no-cache");
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
      response.setHeader("Referrer-Policy", "same-origin");
      response.setHeader("X-Content-Type-Options", "nosniff");
    }
    chain.doFilter(request, response);
  }

  /** The path that the container serves, whatever the address bar spells. */
  private static String decodedPath(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? request.getServletPath() : request.getServletPath() + rest;
  }

  /**
   * The sign-out form is sent to this application, which redirects to the provider's {@code
   * end_session_endpoint}; a browser that applies {@code form-action} to redirects as well would
   * stop there.
   */
  private String formTargets() {
    return caller.logoutOrigin().map(origin -> "'self' " + origin).orElse("'self'");
  }
}
