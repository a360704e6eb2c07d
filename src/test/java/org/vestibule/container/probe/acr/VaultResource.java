package org.vestibule.container.probe.acr;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.vestibule.api.RequiresAcr;
import org.vestibule.container.probe.ProtectedServlet;

/** Resources that ask for more of their callers. */
@Path("vault")
@Produces("text/plain")
@RequiresAcr("gold")
public class VaultResource {

  @Inject private Treasure treasure;

  /** For those with gold. */
  @GET
  @Path("gold")
  public String gold() {
    return ProtectedServlet.CANARY;
  }

  /** Likewise. */
  @POST
  @Path("gold")
  public String order() {
    return ProtectedServlet.CANARY;
  }

  /** For those with silver. */
  @GET
  @Path("silver")
  @RequiresAcr("silver")
  public String silver() {
    return ProtectedServlet.CANARY;
  }

  /** For those with silver, at first sight. */
  @GET
  @Path("through-a-bean")
  @RequiresAcr("silver")
  public String throughBean() {
    return treasure.openAtOnce();
  }
}
