package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.RecordedRequest;

class ProviderTest {

  private static final Secret TOKEN = Secret.of("mF_9.B5f-4.1JqM");

  private final TestClient client = TestClient.openId();

  @AfterEach
  void stop() {
    client.close();
  }

  private URI userInfo() {
    return URI.create(client.server().url(Endpoint.USERINFO));
  }

  /** JW-10. */
  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void nothing_is_asked_before_it_is_needed_and_an_outage_passes() {
    assertThat(client.server().requests()).isEmpty();
    client.server().on(Endpoint.OPENID_CONFIGURATION).once(Answer.empty(503));

    assertFails(ProviderTrouble.UNEXPECTED_STATUS, () -> client.provider().metadata());
    client.clock().advance(LastGood.FLOOR);
    assertThat(client.provider().metadata().tokenEndpoint())
        .hasToString(client.server().url(Endpoint.TOKEN));
  }

  @Test
  void metadata_are_read_once_while_they_are_fresh() {
    for (int i = 0; i < 100; i++) {
      client.provider().metadata();
    }
    assertThat(client.server().requests()).hasSize(1);
  }

  /** JW-11. */
  @Test
  void metadata_that_went_bad_do_not_replace_the_good_ones() {
    ProviderMetadata good = client.provider().metadata();
    client.server().metadata(metadata -> metadata.put("issuer", "https://attacker.example"));
    client.clock().advance(Duration.ofHours(2));
    assertThat(client.provider().metadata()).isEqualTo(good);

    client.server().metadata(metadata -> metadata.put("token_endpoint", "http://attacker.example"));
    client.clock().advance(Duration.ofHours(2));
    assertThat(client.provider().metadata()).isEqualTo(good);
    assertThat(client.server().requests(Endpoint.OPENID_CONFIGURATION)).hasSize(3);
  }

  @Test
  void metadata_that_changed_replace_the_old_ones() {
    client.provider().metadata();
    client.server().metadata(metadata -> metadata.put("token_endpoint", userInfo().toString()));
    client.clock().advance(Duration.ofHours(2));

    assertThat(client.provider().metadata().tokenEndpoint()).isEqualTo(userInfo());
  }

  static Stream<Answer> answersThatAreNoUserInfo() {
    return Stream.of(
        Answer.json(200, "[{\"sub\":\"1\"}]"),
        Answer.json(200, "\"text\""),
        Answer.json(200, ""),
        Answer.html(200, "<html>"),
        Answer.of(200, "application/jwt", " "),
        Answer.of(200, "text/plain", "{\"sub\":\"1\"}"));
  }

  /** TK-18, TK-19. */
  @ParameterizedTest
  @MethodSource("answersThatAreNoUserInfo")
  @Provokes(Violation.USERINFO_MALFORMED)
  void userinfo_is_a_json_object(Answer answer) {
    client.server().on(Endpoint.USERINFO).once(answer);

    assertFails(
        Violation.USERINFO_MALFORMED,
        () -> client.provider().requestUserInfo(userInfo(), TOKEN, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 400, 401, 403, 500})
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void userinfo_comes_with_status_200(int status) {
    client.server().on(Endpoint.USERINFO).once(Answer.json(status, "{\"sub\":\"1\"}"));

    assertFails(
        ProviderTrouble.UNEXPECTED_STATUS,
        () -> client.provider().requestUserInfo(userInfo(), TOKEN, Optional.empty()));
  }

  /** RFC 7009 section 2.1. */
  @Test
  void a_token_is_revoked_by_the_client_with_its_credentials() {
    client.provider().revoke(TOKEN, "refresh_token");

    RecordedRequest request = client.server().lastRequest(Endpoint.REVOCATION);
    assertThat(request.body()).isEqualTo("token=mF_9.B5f-4.1JqM&token_type_hint=refresh_token");
    assertThat(request.basicCredentials()).isEqualTo(TestClient.ID + ":" + TestClient.SECRET);
  }

  @Test
  void where_revocation_is_not_offered_nothing_is_sent() {
    try (TestClient other = TestClient.openId(c -> c.without(Feature.REVOCATION))) {
      other.provider().revoke(TOKEN, "access_token");

      assertThat(other.server().requests(Endpoint.REVOCATION)).isEmpty();
    }
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void a_revocation_that_failed_is_told() {
    client.server().on(Endpoint.REVOCATION).once(Answer.empty(503));

    assertFails(
        ProviderTrouble.UNEXPECTED_STATUS, () -> client.provider().revoke(TOKEN, "access_token"));
  }

  @Test
  @Provokes(Violation.METADATA_MALFORMED)
  void without_keys_no_id_token_can_be_verified() {
    client.server().metadata(metadata -> metadata.remove("jwks_uri"));
    String jws =
        org.vestibule.testing.Jws.sign(client.server().signingKey(), "JWT", Map.of("sub", "1"));

    assertFails(
        Violation.METADATA_MALFORMED,
        () ->
            client
                .provider()
                .idTokenValidator()
                .validate(Secret.of(jws), TOKEN, TOKEN, AuthenticationRequirement.NONE));
  }
}
