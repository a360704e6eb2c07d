package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vestibule.TestClient;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.authorization.Granted;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.protocol.token.ClientCredentials;
import org.vestibule.protocol.token.TokenRequest;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.ClientKeys;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.MovableClock;

/** RFC 7523: what the client shows in place of a secret, as it arrives at the token endpoint. */
class ClientProofTest {

  private static final KeyPair KEYS = ClientKeys.ec("secp256r1");
  private static final String KEY_FILE = ClientKeys.file(ClientKeys.pem(KEYS)).toString();

  private final MovableClock clock = new MovableClock();
  private final AuthorizationServer server = AuthorizationServer.start(c -> {});

  @AfterEach
  void stop() {
    server.close();
  }

  /** The form of a token request with these settings. */
  private FormData sent(String... settings) {
    List<String> all = new ArrayList<>(List.of("issuer", server.issuer()));
    all.addAll(List.of(settings));
    ProviderSettings read = TestClient.settings(all.toArray(String[]::new));
    server.on(Endpoint.TOKEN).once(Answer.error(400, "invalid_grant"));
    BackChannel backChannel = new BackChannel(read.http());
    ProviderMetadata metadata = new Discovery(Clock.systemUTC(), backChannel, read).read();
    new TokenEndpoint(clock, backChannel, read, CredentialsSource.NONE)
        .request(metadata, new TokenRequest.AuthorizationCode(Granted.of(Scope.parse("read"))));
    assertThat(server.lastRequest(Endpoint.TOKEN).headers("Authorization")).isEmpty();
    return server.lastRequest(Endpoint.TOKEN).form();
  }

  private static JWSObject jwt(String text) throws Exception {
    JWSObject jwt = JWSObject.parse(text);
    assertThat(jwt.verify(new ECDSAVerifier((ECPublicKey) KEYS.getPublic()))).isTrue();
    return jwt;
  }

  /** RFC 7523 sections 2.2 and 3. */
  @Test
  void private_key_jwt_is_an_assertion_for_the_issuer_alone() throws Exception {
    FormData form = sent("client-key-file", KEY_FILE, "client-key-id", "k1", "client-secret", "");

    assertThat(form.get("client_assertion_type"))
        .isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assertThat(form.get("client_id")).isEqualTo(TestClient.ID);
    assertThat(form.has("client_secret")).isFalse();
    JWSObject assertion = jwt(form.get("client_assertion"));
    assertThat(assertion.getHeader().getKeyID()).isEqualTo("k1");
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = assertion.getPayload().toJSONObject();
    assertThat(claims)
        .containsOnlyKeys("iss", "sub", "aud", "jti", "iat", "exp")
        .containsEntry("iss", TestClient.ID)
        .containsEntry("sub", TestClient.ID)
        .containsEntry("aud", server.issuer())
        .containsEntry("iat", now)
        .containsEntry("exp", now + 60);
  }

  /** The same request again is one that nobody has seen. */
  @Test
  void each_assertion_is_another() {
    ClientProof proof =
        new ClientProof(
            clock, TestClient.settings("client-key-file", KEY_FILE, "client-secret", ""));
    Set<Object> identifiers =
        Stream.generate(() -> identifier(proof)).limit(3).collect(Collectors.toSet());

    assertThat(identifiers).hasSize(3).allMatch(text -> text.toString().length() == 43);
  }

  private Object identifier(ClientProof proof) {
    ProviderMetadata metadata =
        new Discovery(
                Clock.systemUTC(),
                new BackChannel(TestClient.settings().http()),
                TestClient.settings("issuer", server.issuer()))
            .read();
    try {
      return jwt(proof
              .of(
                  ClientAuthenticationMethod.PRIVATE_KEY_JWT,
                  new ClientCredentials(TestClient.ID, Optional.empty()),
                  metadata,
                  Parameters.empty().with("token", "tGzv3JOkF0XG5Qx2TlKWIA"))
              .clientSecret()
              .orElseThrow()
              .value())
          .getPayload()
          .toJSONObject()
          .get("jti");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void an_older_server_can_have_its_token_endpoint_as_audience() throws Exception {
    FormData form =
        sent(
            "client-key-file", KEY_FILE,
            "client-secret", "",
            "client-assertion-audience", "token-endpoint");

    assertThat(jwt(form.get("client_assertion")).getPayload().toJSONObject())
        .containsEntry("aud", server.url(Endpoint.TOKEN));
  }

  @Test
  void client_secret_jwt_is_signed_with_the_secret_and_does_not_show_it() throws Exception {
    String secret = "ZJYCqe3GGRvdrudKyZS0XhGv_Z45DuKhCUk0gBR1vZk";
    FormData form = sent("client-authentication", "client_secret_jwt", "client-secret", secret);

    JWSObject assertion = JWSObject.parse(form.get("client_assertion"));
    assertThat(assertion.verify(new MACVerifier(secret))).isTrue();
    assertThat(assertion.getPayload().toJSONObject()).containsEntry("aud", server.issuer());
    assertThat(form.has("client_secret")).isFalse();
  }

  /** Sign in with Apple. */
  @Test
  void with_a_team_the_client_secret_is_made_from_the_key() throws Exception {
    FormData form =
        sent(
            "client-key-file", KEY_FILE,
            "client-key-id", "FGHIJ67890",
            "client-team-id", "ABCDE12345",
            "client-secret", "");

    JWSObject secret = jwt(form.get("client_secret"));
    assertThat(secret.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(secret.getHeader().getKeyID()).isEqualTo("FGHIJ67890");
    assertThat(secret.getPayload().toJSONObject())
        .containsOnlyKeys("iss", "sub", "aud", "iat", "exp")
        .containsEntry("iss", "ABCDE12345")
        .containsEntry("sub", TestClient.ID)
        .containsEntry("aud", server.issuer());
    assertThat(form.get("client_id")).isEqualTo(TestClient.ID);
    assertThat(form.has("client_assertion")).isFalse();
  }
}
