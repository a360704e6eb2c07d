package org.vestibule.container.probe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.vestibule.api.LoggedIn;
import org.vestibule.api.LoggedOut;
import org.vestibule.api.LoginFailed;
import org.vestibule.api.TokensRefreshed;

/** Every event of the library that the application heard of, in order. */
@ApplicationScoped
public class Events {

  private final Queue<String> events = new ConcurrentLinkedQueue<>();

  void loggedIn(@Observes LoggedIn event) {
    events.add(
        "LoggedIn " + event.provider() + " " + event.name() + " " + event.claims().get("sub"));
  }

  void loginFailed(@Observes LoginFailed event) {
    events.add(
        "LoginFailed " + event.provider() + " " + event.code() + " " + event.correlationId());
  }

  void tokensRefreshed(@Observes TokensRefreshed event) {
    events.add("TokensRefreshed " + event.provider() + " " + event.name());
  }

  void loggedOut(@Observes LoggedOut event) {
    events.add("LoggedOut " + event.provider() + " " + event.name() + " " + event.reason());
  }

  /** One line for each. */
  public String report() {
    return events.stream().map(event -> event + "\n").collect(Collectors.joining());
  }
}
