package org.vestibule.container.probe.foreign;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Somebody's orders, in lines of {@code name=value}. */
public class OrdersServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** What no stranger's answer may contain. */
  public static final String ORDERS = "orders=3";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response
        .getWriter()
        .write(
            ORDERS
                + "\nuser="
                + request.getRemoteUser()
                + "\nclerk="
                + request.isUserInRole("clerk")
                + "\naudited="
                + request.getAttribute(AuditFilter.ATTRIBUTE)
                + "\n");
  }
}
