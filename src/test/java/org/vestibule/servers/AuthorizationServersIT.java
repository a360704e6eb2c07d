package org.vestibule.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.showcase.ShowcaseServer;

/**
 * The showcase at each of the real servers, by its environment alone. {@code
 * -Dauthorization-servers=GLEWLWYD,KEYCLOAK} leaves out the others.
 */
@Tag("servers")
class AuthorizationServersIT {

  private static final Manual MANUAL = new Manual();
  private static final Table TABLE = new Table();

  static Stream<Product> products() {
    String wanted = System.getProperty("authorization-servers", "");
    return Stream.of(Product.values())
        .filter(product -> wanted.isEmpty() || wanted.contains(product.name()));
  }

  @AfterAll
  static void write() {
    TABLE.write();
  }

  @ParameterizedTest
  @MethodSource("products")
  void users_sign_in_stay_signed_in_and_sign_out(Product product) {
    int port = ServerProcess.freePort();
    long begun = System.nanoTime();
    try (RealServer server = product.start("http://localhost:" + port + "/vestibule")) {
      long started = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      try (Wire wire = Wire.start();
          ShowcaseServer showcase =
              ShowcaseServer.start(
                  "servers-" + product.name().toLowerCase(Locale.ROOT),
                  port,
                  environment(server, wire))) {
        Facts facts = new Flow(server, showcase, wire).run();
        TABLE.add(product, server.version(), facts, started);
        assertThat(facts).isEqualTo(product.facts());
        MANUAL.assertTells(product, facts);
        MANUAL.assertTells(product, server.settings());
      }
    }
  }

  private static Map<String, String> environment(RealServer server, Wire wire) {
    Map<String, String> settings = new HashMap<>(server.settings());
    settings.put("proxy", wire.address());
    Map<String, String> environment = new HashMap<>();
    settings.forEach(
        (name, value) ->
            environment.put("OAUTH_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), value));
    // What the doctor asks is not to be taken for what a login does.
    environment.put("OAUTH_DOCTOR", "off");
    return environment;
  }
}
