package org.vestibule.container.probe;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Hands the request on within the application: {@code ?forward=/path}, {@code ?include=/path}. */
@WebServlet(urlPatterns = {"/dispatch", "/public/dispatch"})
public class DispatchServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getParameter("forward") != null) {
      request.getRequestDispatcher(request.getParameter("forward")).forward(request, response);
    } else if (request.getParameter("include") != null) {
      request.getRequestDispatcher(request.getParameter("include")).include(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_CONFLICT);
    }
  }
}
