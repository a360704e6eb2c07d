package org.vestibule.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.showcase.ShowcaseServer;
import org.vestibule.testing.RawResponse;

/** One running showcase that is led from each real server to the next, with a session open. */
@Tag("servers")
class SwitchingServersIT {

  private final LiveSettings settings =
      new LiveSettings(Installed.directory("switching").resolve("variables"));
  private final int port = ServerProcess.freePort();
  private final String url = "http://localhost:" + port + "/vestibule";

  /** Who has been signed in all the time, wherever that is. */
  private Visitor traveller;

  private ShowcaseServer showcase;

  @Test
  void a_running_server_is_switched_through_all_providers_with_a_session_open() {
    List<Product> products = AuthorizationServersIT.products().toList();
    showcase = ShowcaseServer.start("servers-switching", port, settings.environment());
    RealServer current = products.get(0).start(url);
    try {
      settings.choose(Map.of(id(products.get(0)), current));
      awaitChallenge(current);
      traveller = Visitor.at(showcase);
      signIn(traveller, products.get(0), current);
      for (int i = 1; i < products.size(); i++) {
        RealServer before = current;
        current = products.get(i).start(url);
        try (before) {
          move(products.get(i - 1), before, products.get(i), current);
        }
      }
      assertThat(showcase.console())
          .filteredOn(line -> line.matches(".*(CWWKF0011I|CWWKZ0003I|CWWKZ0009I).*"))
          .as("it was started once, and no application again")
          .hasSize(1);
    } finally {
      current.close();
      showcase.close();
    }
  }

  private void move(Product from, RealServer before, Product to, RealServer after) {
    Map<String, RealServer> both = new LinkedHashMap<>();
    both.put(id(from), before);
    both.put(id(to), after);

    settings.choose(both);
    awaitChallenge(after);
    assertSignedInAt(traveller, from, before);
    RawResponse refreshed = traveller.refresh();
    assertThat(refreshed.status()).as("%s", refreshed.body()).isEqualTo(200);
    Visitor newcomer = Visitor.at(showcase);
    signIn(newcomer, to, after);

    settings.choose(Map.of(id(to), after));
    showcase.await("the session at " + from + " has ended", () -> !traveller.isSignedIn());
    assertSignedInAt(newcomer, to, after);
    assertThat(traveller.challenge()).startsWith(authorizationEndpoint(after) + "?");
    signIn(traveller, to, after);
  }

  private void awaitChallenge(RealServer server) {
    String endpoint = authorizationEndpoint(server) + "?";
    showcase.await(
        "strangers are sent to " + endpoint,
        () -> Visitor.at(showcase).challenge().startsWith(endpoint));
  }

  private void signIn(Visitor visitor, Product product, RealServer server) {
    RawResponse page = server.signIn(visitor, visitor.open(Visitor.PROTECTED));
    assertThat(page.url()).isEqualTo(showcase.url(Visitor.PROTECTED));
    assertSignedInAt(visitor, product, server);
  }

  private static void assertSignedInAt(Visitor visitor, Product product, RealServer server) {
    Map<String, Object> session = visitor.session();
    assertThat(session)
        .containsEntry("authenticated", true)
        .containsEntry("provider", id(product))
        .extractingByKey("claims")
        .extracting("iss")
        .isEqualTo(server.issuer());
  }

  private static String authorizationEndpoint(RealServer server) {
    return Objects.toString(server.metadata().get("authorization_endpoint"));
  }

  /** An id that is not the name of a preset: settings alone say what the provider is. */
  private static String id(Product product) {
    return "real-" + product.ordinal();
  }
}
