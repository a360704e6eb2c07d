package org.vestibule.servers;

import java.nio.file.Path;
import org.vestibule.showcase.KeycloakServer;
import org.vestibule.testing.RawResponse;

/** Keycloak, with the realm of its own tests. Its client is made to ask for consent. */
record Keycloak(KeycloakServer server) implements RealServer {

  static RealServer start(String showcase) {
    return new Keycloak(KeycloakServer.start(showcase));
  }

  @Override
  public String version() {
    Path home = Path.of(System.getProperty("keycloak.home"));
    return home.getFileName().toString().replace("keycloak-", "");
  }

  @Override
  public String issuer() {
    return server.issuer();
  }

  @Override
  public RawResponse signIn(Visitor visitor, RawResponse page) {
    RawResponse next = visitor.submit(page, "username", USER, "password", USER);
    // Consent is asked for once.
    boolean asks = !next.isRedirect() && next.url().startsWith(issuer());
    return asks ? visitor.submit(next, "accept", "Yes") : next;
  }

  @Override
  public void close() {
    server.close();
  }
}
