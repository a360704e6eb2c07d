package org.vestibule.container.probe.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.Caller;
import org.vestibule.api.RequiresAcr;

/** Takes the orders that are typed into a view. */
@Named
@RequestScoped
public class Desk {

  @Inject private @Nullable Caller caller;

  private String order = "";
  private String answer = "nothing yet";

  public String getOrder() {
    return order;
  }

  public void setOrder(String order) {
    this.order = order;
  }

  public String getAnswer() {
    return answer;
  }

  /** For everybody who is signed in. */
  public void send() {
    answer = "ordered " + order + (caller == null ? "" : " for " + caller.name());
  }

  /** For those with gold. */
  @RequiresAcr("gold")
  public void sendGold() {
    send();
  }
}
