package org.vestibule.web;

import jakarta.faces.FacesException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.InsufficientAuthenticationException;

/**
 * Makes Jakarta Faces, which answers a script's request with the exception that an action threw,
 * answer a missing authentication with the filter's challenge. It is put before the handler of a
 * request when there is something to handle: a factory for all requests would start Jakarta Faces
 * in applications that do not use it.
 */
final class FacesChallenge extends ExceptionHandlerWrapper {

  private static final String FACES = "jakarta.faces.context.FacesContext";

  private FacesChallenge(ExceptionHandler handler) {
    super(handler);
  }

  /** Whether this class can be used at all. */
  static boolean isPresent() {
    try {
      Class.forName(FACES, false, StepUp.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Gets ready for an exception, if it is Jakarta Faces that serves the request. */
  static void prepare() {
    FacesContext context = FacesContext.getCurrentInstance();
    if (context != null && !(context.getExceptionHandler() instanceof FacesChallenge)) {
      context.setExceptionHandler(new FacesChallenge(context.getExceptionHandler()));
    }
  }

  @Override
  public void handle() {
    FacesContext context = FacesContext.getCurrentInstance();
    InsufficientAuthenticationException insufficient = find();
    if (insufficient == null || context.getExternalContext().isResponseCommitted()) {
      super.handle();
    } else {
      answer(context, insufficient);
    }
  }

  private @Nullable InsufficientAuthenticationException find() {
    Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
    InsufficientAuthenticationException found = null;
    while (found == null && events.hasNext()) {
      found = LateChallenge.in(events.next().getContext().getException());
    }
    return found;
  }

  /** The exceptions that are still to be handled came of the same. */
  private void answer(FacesContext context, InsufficientAuthenticationException insufficient) {
    HttpServletRequest request = (HttpServletRequest) context.getExternalContext().getRequest();
    HttpServletResponse response = (HttpServletResponse) context.getExternalContext().getResponse();
    Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
    while (events.hasNext()) {
      events.next();
      events.remove();
    }
    try {
      LateChallenge.replace(
          Vestibule.in(request.getServletContext()), request, response, insufficient);
    } catch (IOException e) {
      throw new FacesException(e);
    }
    context.responseComplete();
  }
}
