package org.vestibule.container.probe;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.vestibule.api.Caller;

/** Who the request is from, as Jakarta REST has it. */
@Path("/")
@Produces("text/plain")
public class ApiResource {

  @Inject private Caller caller;

  /** For everybody who is signed in. */
  @GET
  @Path("whoami")
  public String whoAmI(@Context SecurityContext context) {
    return Who.identity(
            context.getUserPrincipal(),
            context.isUserInRole("admin"),
            context.isUserInRole("pope"),
            context.getAuthenticationScheme())
        + Who.is(caller);
  }

  /** For administrators. */
  @GET
  @Path("for-admins")
  @RolesAllowed("admin")
  public String forAdministrators() {
    return ProtectedServlet.CANARY;
  }

  /** A form. */
  @POST
  @Path("form")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public String form(@FormParam("text") String text) {
    return "text=" + text;
  }

  /** For nobody. */
  @GET
  @Path("for-popes")
  @RolesAllowed("pope")
  public String forPopes() {
    return ProtectedServlet.CANARY;
  }
}
