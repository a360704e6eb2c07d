package org.vestibule.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;

/**
 * What the library's own endpoints have in common: exactly the methods that they were made for (a
 * HEAD must not use up a code), and no exception that gets out.
 */
abstract class EndpointServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger("org.vestibule");

  @SuppressWarnings("serial") // what List.of makes is serializable
  private final List<String> methods;

  private transient @Nullable CurrentVestibule current;

  EndpointServlet(String... methods) {
    this.methods = List.of(methods);
  }

  /** The methods that are served, as things are. */
  List<String> methods(Vestibule house) {
    return methods;
  }

  /** Answers a request of one of the methods. */
  abstract void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException;

  @Override
  public void init() throws ServletException {
    current = CurrentVestibule.in(getServletContext());
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Vestibule house = CurrentVestibule.required(current).get();
    List<String> allowed = methods(house);
    if (!allowed.contains(request.getMethod())) {
      response.setHeader("Allow", String.join(", ", allowed));
      house.failurePage().write(request, response, new LoginException(Refusal.METHOD_NOT_ALLOWED));
      return;
    }
    try {
      serve(house, request, response);
    } catch (LoginException e) {
      house.failurePage().write(request, response, e);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "unexpected " + e.getClass().getName(), withoutMessage(e));
      house.failurePage().write(request, response, new LoginException(Refusal.UNEXPECTED));
    }
  }

  /** The stack tells enough, and a message may quote what a browser or a provider sent. */
  static Throwable withoutMessage(Throwable e) {
    Throwable quiet = new Throwable(e.getClass().getName());
    quiet.setStackTrace(e.getStackTrace());
    return quiet;
  }
}
