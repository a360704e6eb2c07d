package org.vestibule.container.probe.acr;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vestibule.container.probe.ProtectedServlet;

/** Finds out only while it is answering that it needs more of its caller. */
@WebServlet({"/treasure", "/public/treasure"})
public class TreasureServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient @Nullable Treasure treasure;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (treasure == null) {
      throw new IllegalStateException("nothing was injected");
    }
    response.setContentType("text/plain");
    response.getWriter().print("It is ");
    if (request.getParameter("sent") == null) {
      response.setContentLength("It is ".length() + ProtectedServlet.CANARY.length());
    } else {
      response.flushBuffer();
    }
    try {
      response.getWriter().print(treasure.open());
    } catch (RuntimeException e) {
      if (request.getParameter("wrapped") == null) {
        throw e;
      }
      throw new ServletException("so it goes", e);
    }
  }
}
