package org.vestibule.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import org.vestibule.protocol.Identity;

/**
 * A request with the caller that signed in: servlets, filters, pages and Jakarta REST see them
 * through the methods that they know. Nothing of the request itself, no header, can say otherwise.
 */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

  private static final String AUTH_TYPE = "OAUTH";

  private final ServletResponse response;
  private final Identity identity;

  AuthenticatedRequest(HttpServletRequest request, ServletResponse response, Identity identity) {
    super(request);
    this.response = response;
    this.identity = identity;
  }

  @Override
  public Principal getUserPrincipal() {
    return identity;
  }

  @Override
  public String getRemoteUser() {
    return identity.name();
  }

  @Override
  public boolean isUserInRole(String role) {
    return identity.roles().contains(role);
  }

  @Override
  public String getAuthType() {
    return AUTH_TYPE;
  }

  /** The container would go on with its own request, which does not know the caller. */
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }
}
