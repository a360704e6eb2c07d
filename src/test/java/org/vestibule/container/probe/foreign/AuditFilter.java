package org.vestibule.container.probe.foreign;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Notes who comes; whoever it lets pass must have been let in before. */
public class AuditFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  static final String ATTRIBUTE = "audited";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(ATTRIBUTE, request.getRemoteUser());
    chain.doFilter(request, response);
  }
}
