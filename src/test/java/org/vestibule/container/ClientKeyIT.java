package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.ClientKeys;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RegisteredClient;

/** The client's own key is replaced in its file while the application runs. */
@ExtendWith(ArquillianExtension.class)
class ClientKeyIT {

  private static final Path KEY = ClientKeys.file(ClientKeys.jwk("2026-01"));
  private static final AuthorizationServer PROVIDER = AuthorizationServer.start(c -> {});

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .without("client-secret")
        .with("client-key-file", KEY.toString())
        .with("reload-interval", "PT1S")
        .war("client-key");
  }

  /** The provider reads the keys where the application publishes them. */
  @BeforeEach
  void register() {
    PROVIDER.register(RegisteredClient.withKeys(Application.CLIENT_ID, this::jwks));
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private String jwks() {
    return Visitor.of(deployment).get("/oauth/jwks").body();
  }

  private List<String> published() {
    try {
      return JWKSet.parse(jwks()).getKeys().stream().map(JWK::getKeyID).toList();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static String lastSigner() throws ParseException {
    String assertion = PROVIDER.lastRequest(Endpoint.TOKEN).form().get("client_assertion");
    return JWSObject.parse(assertion).getHeader().getKeyID();
  }

  @Test
  void the_key_is_replaced_while_somebody_is_signed_in_and_somebody_is_at_the_provider()
      throws IOException, ParseException {
    Visitor visitor = Visitor.signedInAt(deployment);
    assertThat(lastSigner()).isEqualTo("2026-01");
    Visitor underWay = Visitor.of(deployment);
    String callback = underWay.callback();

    Path next = ClientKeys.file(ClientKeys.jwk("2026-02"));
    Files.move(next, KEY, StandardCopyOption.ATOMIC_MOVE);
    Waiting.until("the new key is published", () -> published().contains("2026-02"));

    assertThat(published()).containsExactly("2026-02", "2026-01");
    assertThat(underWay.browser().get(callback).status()).isEqualTo(303);
    assertThat(underWay.isSignedIn()).isTrue();
    assertThat(visitor.request("POST", "/token").send().body()).startsWith("token ");
    assertThat(lastSigner()).isEqualTo("2026-02");
    Visitor.signedInAt(deployment);
    assertThat(lastSigner()).isEqualTo("2026-02");
  }
}
