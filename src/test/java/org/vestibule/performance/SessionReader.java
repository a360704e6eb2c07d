package org.vestibule.performance;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** The least that an application does: it reads its session. With {@code ?enter} it makes one. */
@WebServlet("/orders")
public class SessionReader extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if ("enter".equals(request.getQueryString())) {
      request.getSession(true).setAttribute("cart", "3 books");
    }
    HttpSession session = request.getSession(false);
    Object cart = session == null ? null : session.getAttribute("cart");
    response.setContentType("text/plain");
    response.getWriter().print(cart == null ? "empty" : cart);
  }
}
