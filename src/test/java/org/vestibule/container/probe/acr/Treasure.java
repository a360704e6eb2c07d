package org.vestibule.container.probe.acr;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;
import org.vestibule.api.RequiresAcr;
import org.vestibule.container.probe.ProtectedServlet;

/** A bean that sessions keep, with something for those who signed in with gold. */
@SessionScoped
public class Treasure implements Serializable {

  private static final long serialVersionUID = 1L;

  /** For everybody. */
  public String look() {
    return "locked";
  }

  /** For those with gold. */
  @RequiresAcr("gold")
  public String open() {
    return ProtectedServlet.CANARY;
  }

  /** For those who signed in some minutes ago at most. */
  @RequiresAcr(maxAge = "PT5M")
  public String openAtOnce() {
    return ProtectedServlet.CANARY;
  }
}
