package org.vestibule.web;

import jakarta.enterprise.event.Event;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.Identity;

/**
 * A request with the caller that signed in: servlets, filters, pages and Jakarta REST see them
 * through the methods that they know. Nothing of the request itself, no header, can say otherwise.
 */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

  private static final String AUTH_TYPE = "OAUTH";

  private final HttpServletResponse response;
  private final Vestibule house;
  private final @Nullable Event<LoggedOut> loggedOut;
  private @Nullable Identity identity;

  AuthenticatedRequest(
      HttpServletRequest request,
      HttpServletResponse response,
      Identity identity,
      Vestibule house,
      @Nullable Event<LoggedOut> loggedOut) {
    super(request);
    this.response = response;
    this.identity = identity;
    this.house = house;
    this.loggedOut = loggedOut;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return identity;
  }

  @Override
  public @Nullable String getRemoteUser() {
    return identity == null ? null : identity.name();
  }

  @Override
  public boolean isUserInRole(String role) {
    return identity != null && identity.roles().contains(role);
  }

  @Override
  public @Nullable String getAuthType() {
    return identity == null ? null : AUTH_TYPE;
  }

  /** The container has nothing to ask somebody who is signed in. */
  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    return identity != null || super.authenticate(response);
  }

  @Override
  public void login(String username, String password) throws ServletException {
    throw new ServletException("this request has a caller already");
  }

  /**
   * Ends the session, as an application expects of this method. The provider is told by {@link
   * LogoutServlet} only.
   */
  @Override
  public void logout() {
    Identity before = identity;
    if (before != null) {
      identity = null;
      house.sessions().end(this);
      house.expiredSession().forget(this, response);
      house.twins().forget(this, response);
      house.loginLoop().forget(this, response);
      Events.fire(
          loggedOut, new LoggedOut(before.provider(), before.name(), LoggedOut.Reason.USER));
    }
  }

  /** The container would go on with its own request, which does not know the caller. */
  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }
}
