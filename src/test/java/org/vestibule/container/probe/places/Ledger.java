package org.vestibule.container.probe.places;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import org.jspecify.annotations.Nullable;

/** An enterprise bean. */
@Stateless
public class Ledger {

  @Resource private @Nullable SessionContext context;

  /** For administrators. */
  @RolesAllowed("admin")
  public String forAdministrators() {
    return "allowed";
  }

  /** For nobody. */
  @RolesAllowed("pope")
  public String forPopes() {
    return "allowed";
  }

  /** Who calls. */
  @PermitAll
  public String caller() {
    return context == null ? "" : context.getCallerPrincipal().getName();
  }
}
