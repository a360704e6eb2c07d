package org.vestibule.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.InsufficientAuthenticationException;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.SignedIn;

/** Judges how the caller of the request was authenticated that the current thread serves. */
@RequestScoped
public class StepUp {

  @Inject @Nullable HttpServletRequest request;
  @Inject @Nullable ServletContext context;

  /**
   * @throws InsufficientAuthenticationException the caller was not authenticated like that, or
   *     nobody is signed in
   */
  public void require(AuthenticationRequirement requirement) {
    if (request == null || context == null) {
      throw new IllegalStateException("CDI did not inject");
    }
    Vestibule house = Vestibule.in(context);
    SignedIn signedIn = house.sessions().signedIn(request);
    if (signedIn == null || !house.gate().isMet(requirement, signedIn)) {
      if (FacesChallenge.isPresent()) {
        FacesChallenge.prepare();
      }
      throw new InsufficientAuthenticationException(requirement.acrValues(), requirement.maxAge());
    }
  }
}
