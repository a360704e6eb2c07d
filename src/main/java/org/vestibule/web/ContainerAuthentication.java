package org.vestibule.web;

import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.vestibule.protocol.SignedIn;

/**
 * Tells the container who the caller is, where it has Jakarta Security and the settings want it
 * (Jakarta Security 3.0 section 2.2): so {@code SecurityContext}, enterprise beans and the
 * container's own constraints know them as well. It decides nothing: who is signed in and who has
 * to sign in is the filter's matter, whose answer it gives where the container's constraints come
 * before the filter.
 *
 * <p>It becomes a bean by {@link ContainerAuthenticationExtension}, and only where its interface
 * exists.
 */
public class ContainerAuthentication implements HttpAuthenticationMechanism {

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    CurrentVestibule current = CurrentVestibule.findIn(request.getServletContext());
    Vestibule house = current == null ? null : current.get();
    SignedIn signedIn = house == null ? null : house.sessions().signedIn(request);
    if (signedIn != null) {
      return context.notifyContainerAboutLogin(signedIn.identity(), signedIn.identity().roles());
    }
    if (house == null || !context.isProtected()) {
      return context.doNothing();
    }
    try {
      LoginFilter.challenge(house, request, response, null);
      return AuthenticationStatus.SEND_CONTINUE;
    } catch (IOException e) {
      throw new AuthenticationException(e);
    }
  }
}
