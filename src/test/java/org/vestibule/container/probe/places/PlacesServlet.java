package org.vestibule.container.probe.places;

import jakarta.annotation.security.DeclareRoles;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who calls, in the words of everything that a server with Jakarta Security has. */
@WebServlet(urlPatterns = {"/places", "/public/places"})
@DeclareRoles({"admin", "vip", "pope"})
public class PlacesServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient @Nullable SecurityContext context;
  @Inject private transient @Nullable Principal principal;
  @EJB private transient @Nullable Ledger ledger;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (context == null || ledger == null || principal == null) {
      throw new IllegalStateException("nothing was injected");
    }
    Principal caller = context.getCallerPrincipal();
    response.setContentType("text/plain");
    response
        .getWriter()
        .print(
            "context="
                + (caller == null ? "" : caller.getName())
                + "\ncontext.admin="
                + context.isCallerInRole("admin")
                + "\ncontext.vip="
                + context.isCallerInRole("vip")
                + "\ncontext.pope="
                + context.isCallerInRole("pope")
                + "\nprincipal="
                + (caller == null ? "" : principal.getName())
                + "\nejb="
                + (caller == null ? "" : ledger.caller())
                + "\nejb.admin="
                + answer(ledger::forAdministrators)
                + "\nejb.pope="
                + answer(ledger::forPopes)
                + "\n");
  }

  private static String answer(Supplier<String> method) {
    try {
      return method.get();
    } catch (EJBAccessException e) {
      return "refused";
    }
  }
}
