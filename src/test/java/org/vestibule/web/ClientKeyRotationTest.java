package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.UnsupportedEncodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.ClientKeys;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.MovableClock;
import org.vestibule.testing.RegisteredClient;

/** CR-04: the key of {@code private_key_jwt} is replaced while the application runs. */
class ClientKeyRotationTest {

  private final MovableClock clock = new MovableClock();
  private final AuthorizationServer server = AuthorizationServer.start(c -> c.clock(clock));
  private final Path file = ClientKeys.file(ClientKeys.jwk("2026-01"));
  private final Map<String, String> settings = new HashMap<>(settings());
  private final CurrentVestibule current =
      new CurrentVestibule(Houses.with(clock, Map.copyOf(settings)));
  private final Reload reload = new Reload(() -> Houses.read(settings), current);
  private final Visitor visitor = new Visitor(current);

  private Map<String, String> settings() {
    return Houses.settings(
        "issuer", server.issuer(),
        "client-id", Houses.CLIENT_ID,
        "client-key-file", file.toString());
  }

  @BeforeEach
  void publish() {
    server.register(RegisteredClient.withKeys(Houses.CLIENT_ID, this::jwks));
  }

  @AfterEach
  void close() {
    reload.close();
    server.close();
  }

  private String jwks() {
    try {
      return visitor.neighbour().get("/oauth/jwks").getContentAsString();
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> published() throws ParseException {
    return JWKSet.parse(jwks()).getKeys().stream().map(JWK::getKeyID).toList();
  }

  private String lastSigner() throws ParseException {
    String assertion = server.lastRequest(Endpoint.TOKEN).form().get("client_assertion");
    return JWSObject.parse(assertion).getHeader().getKeyID();
  }

  private void replaceBy(String jwk) throws Exception {
    Files.writeString(file, jwk);
    reload.look();
  }

  @Test
  void the_next_assertion_is_signed_with_the_new_key_and_both_are_published_for_a_while()
      throws Exception {
    visitor.signIn("/orders");
    assertThat(lastSigner()).isEqualTo("2026-01");
    assertThat(published()).containsExactly("2026-01");

    replaceBy(ClientKeys.jwk("2026-02"));

    assertThat(published()).containsExactly("2026-02", "2026-01");
    Visitor next = visitor.neighbour();
    next.signIn("/orders");
    assertThat(next.get("/orders").getStatus()).isEqualTo(200);
    assertThat(lastSigner()).isEqualTo("2026-02");

    clock.advance(Duration.ofMinutes(10).plusSeconds(1));
    reload.look();
    assertThat(published()).containsExactly("2026-02");
  }

  @Test
  void a_login_under_way_finishes_while_the_key_is_replaced() throws Exception {
    String callback = visitor.atProvider(visitor.get("/orders"));

    replaceBy(ClientKeys.jwk("2026-02"));
    visitor.goTo(callback);

    assertThat(visitor.get("/orders").getStatus()).isEqualTo(200);
    assertThat(published()).contains(lastSigner());
  }

  @Test
  void of_two_keys_with_one_identifier_the_new_one_is_published() throws Exception {
    String other = ClientKeys.jwk("2026-01");
    replaceBy(other);

    assertThat(JWKSet.parse(jwks()).getKeys())
        .hasSize(1)
        .first()
        .extracting(key -> key.toECKey().getX())
        .isEqualTo(ECKey.parse(other).getX());
    visitor.signIn("/orders");
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(200);
  }

  @Test
  void a_file_that_is_no_key_is_refused_and_the_old_one_signs_on() throws Exception {
    try (Logs logs = new Logs()) {
      replaceBy("-----BEGIN PRIVATE KEY-----");

      assertThat(logs.text()).contains("oauth.client-key-file");
    }
    visitor.signIn("/orders");
    assertThat(lastSigner()).isEqualTo("2026-01");
  }
}
