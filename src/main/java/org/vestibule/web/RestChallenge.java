package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.InsufficientAuthenticationException;

/**
 * Makes Jakarta REST, which lets no exception pass, answer a missing authentication with the
 * filter's challenge. Jakarta REST finds it by itself, as it does {@link RestRequirements}.
 */
public class RestChallenge implements Feature {

  @Override
  public boolean configure(FeatureContext context) {
    context.register(Mapper.class);
    return true;
  }

  /**
   * Headers and cookies go to the container's response; status and body take Jakarta REST's way.
   */
  public static class Mapper implements ExceptionMapper<InsufficientAuthenticationException> {

    @Context @Nullable HttpServletRequest request;
    @Context @Nullable HttpServletResponse response;

    @Override
    public Response toResponse(InsufficientAuthenticationException insufficient) {
      if (request == null || response == null) {
        throw new IllegalStateException("Jakarta REST did not inject");
      }
      HeldResponse held = new HeldResponse(response);
      try {
        LateChallenge.answer(
            Vestibule.in(request.getServletContext()), request, held, insufficient);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Response.status(held.getStatus()).type(held.type()).entity(held.body()).build();
    }
  }
}
