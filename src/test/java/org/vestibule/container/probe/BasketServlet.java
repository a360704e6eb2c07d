package org.vestibule.container.probe;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** What an application keeps in the session of its own accord: {@code ?put=…}. */
@WebServlet("/public/basket")
public class BasketServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getParameter("put") != null) {
      request.getSession().setAttribute("basket", request.getParameter("put"));
    }
    HttpSession session = request.getSession(false);
    Object basket = session == null ? null : session.getAttribute("basket");
    Texts.write(response, "basket=" + (basket == null ? "" : basket) + "\n");
  }
}
