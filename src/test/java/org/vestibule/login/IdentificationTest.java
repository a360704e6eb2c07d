package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Tokens;
import org.vestibule.protocol.Violation;
import org.vestibule.provider.Json;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.User;

/** Who it is, by what the provider says. */
class IdentificationTest {

  private static void with(TestClient client, Consumer<TestClient> test) {
    try (client) {
      test.accept(client);
    }
  }

  private static Identity identity(TestClient client, User user) {
    client.server().approving(user);
    return client.signedIn().identity();
  }

  private static Identity identity(User user, String... settings) {
    try (TestClient client = TestClient.openId(settings)) {
      return identity(client, user);
    }
  }

  @Test
  void the_id_token_says_who_and_userinfo_completes_it() {
    with(
        TestClient.openId(),
        client -> {
          Identity jane = identity(client, User.JANE);

          assertThat(Json.read(jane.claims()))
              .containsEntry("iss", client.server().issuer())
              .containsEntry("sub", "248289761001")
              .containsEntry("email", "janedoe@example.com")
              .containsKey("auth_time")
              .doesNotContainKeys(
                  "aud", "exp", "iat", "nbf", "jti", "azp", "nonce", "at_hash", "c_hash");
        });
  }

  @Test
  void how_and_when_a_user_authenticated_is_remembered() {
    with(
        TestClient.openId(),
        client -> {
          client
              .server()
              .idTokenClaims(
                  claims -> {
                    claims.put("sid", "08a5019c-17e1-4977-8f42-65a12843ea02");
                    claims.put("acr", "urn:mace:incommon:iap:silver");
                    claims.put("auth_time", 1311280969);
                  });

          assertThat(client.signedIn().authentication())
              .isEqualTo(
                  new Authentication(
                      "08a5019c-17e1-4977-8f42-65a12843ea02",
                      "urn:mace:incommon:iap:silver",
                      Instant.ofEpochSecond(1311280969)));
        });
  }

  @Test
  void of_two_sources_the_first_wins() {
    for (boolean idTokenFirst : List.of(true, false)) {
      String order = idTokenFirst ? "id-token,userinfo" : "userinfo,id-token";
      with(
          TestClient.openId("claims-from", order),
          client -> {
            client.server().idTokenClaims(claims -> claims.put("name", "from ID token"));
            client.server().userInfo(claims -> claims.put("name", "from UserInfo"));

            assertThat(Json.read(client.signedIn().identity().claims()))
                .containsEntry("name", idTokenFirst ? "from ID token" : "from UserInfo");
          });
    }
  }

  @Test
  void userinfo_is_asked_only_where_it_is_wanted_and_offered() {
    with(
        TestClient.openId("claims-from", "id-token"),
        client -> {
          assertThat(client.signedIn().identity().subject()).isEqualTo("248289761001");
          assertThat(client.server().requests(Endpoint.USERINFO)).isEmpty();
        });
    with(
        TestClient.openId(c -> c.without(Feature.USERINFO)),
        client -> assertThat(client.signedIn().identity().name()).isEqualTo("248289761001"));
  }

  /** The identity itself comes from the ID token, whatever the order. */
  @Test
  void userinfo_cannot_replace_issuer_and_subject() {
    with(
        TestClient.openId("claims-from", "userinfo,id-token"),
        client -> {
          client.server().userInfo(claims -> claims.put("iss", "https://attacker.example"));

          Identity jane = client.signedIn().identity();
          assertThat(jane.issuer()).isEqualTo(client.server().issuer());
          assertThat(Json.read(jane.claims())).containsEntry("iss", client.server().issuer());
        });
  }

  /** TK-18. */
  @Test
  @Provokes(Violation.USERINFO_SUBJECT)
  void userinfo_about_somebody_else_ends_the_login() {
    with(
        TestClient.openId(),
        client -> {
          client.server().userInfo(claims -> claims.put("sub", "248289761002"));
          assertFails(Violation.USERINFO_SUBJECT, client::login);
          client.server().userInfo(claims -> claims.remove("sub"));
          assertFails(Violation.USERINFO_SUBJECT, client::login);
        });
  }

  @Test
  @Provokes(
      value = Violation.USERINFO_MALFORMED,
      trouble = {ProviderTrouble.UNEXPECTED_STATUS, ProviderTrouble.REDIRECTED})
  void a_userinfo_endpoint_that_does_not_answer_ends_the_login() {
    with(
        TestClient.openId(),
        client -> {
          client.server().on(Endpoint.USERINFO).once(Answer.json(200, "[]"));
          assertFails(Violation.USERINFO_MALFORMED, client::login);
          client.server().on(Endpoint.USERINFO).once(Answer.empty(401));
          assertFails(ProviderTrouble.UNEXPECTED_STATUS, client::login);
          client
              .server()
              .on(Endpoint.USERINFO)
              .once(Answer.redirect(302, client.server().url(Endpoint.OTHER)));
          assertFails(ProviderTrouble.REDIRECTED, client::login);
          assertThat(client.server().requests(Endpoint.OTHER)).isEmpty();
        });
  }

  /** With a nonce there is no way around the ID token. */
  @Test
  @Provokes(Violation.ID_TOKEN_MISSING)
  void an_openid_login_without_an_id_token_is_nobodys() {
    with(
        TestClient.openId(),
        client -> {
          Tokens tokens = new Tokens(Secret.of("token"), null, null, null, Scope.NONE);

          assertFails(
              Violation.ID_TOKEN_MISSING,
              () ->
                  new Identification(client.provider())
                      .identify(tokens, Optional.of(Secret.of("n-0S6_WzA2Mj"))));
          assertThat(client.server().requests()).isEmpty();
        });
  }

  @Test
  void the_first_name_that_is_there_is_the_name() {
    User user = new User("1", Map.of("email", "janedoe@example.com", "name", "Jane Doe"));

    assertThat(identity(user).name()).isEqualTo("janedoe@example.com");
    assertThat(identity(user, "name-claim", "nickname,name").name()).isEqualTo("Jane Doe");
    assertThat(identity(user.with("profile", Map.of("nick", "jd")), "name-claim", "profile/nick"))
        .hasToString("jd");
    assertThat(identity(new User("1", Map.of())).name()).isEqualTo("1");
    assertThat(identity(user, "name-claim", "nickname").name()).isEqualTo("unnamed");
  }

  /** TK-24: a name ends up in headers and logs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Jane\\r\\nRole: admin|JaneRole: admin", "a\\u0000b|ab", "Jürgen 😀|Jürgen 😀"})
  void a_name_has_no_control_characters(String escaped, String name) {
    String text = String.valueOf(Json.read("{\"t\":\"" + escaped + "\"}").get("t"));

    assertThat(identity(User.JANE.with("preferred_username", text)).name()).isEqualTo(name);
  }

  @Test
  void a_name_of_blanks_or_of_another_type_is_none() {
    assertThat(identity(User.JANE.with("preferred_username", " \t")).name())
        .isEqualTo("janedoe@example.com");
    assertThat(identity(User.JANE.with("preferred_username", 7)).name())
        .isEqualTo("janedoe@example.com");
  }

  @Test
  void roles_are_collected_from_all_places_and_renamed() {
    User user =
        User.JANE
            .with("groups", List.of("GRP-ADMIN", "a,admin"))
            .with("realm_access", Map.of("roles", List.of("user")))
            .with("resource_access", Map.of(TestClient.ID, Map.of("roles", List.of("editor"))));

    assertThat(identity(user).roles())
        .containsExactlyInAnyOrder("GRP-ADMIN", "a,admin", "user", "editor");
    assertThat(identity(user, "roles-map", "GRP-ADMIN:admin", "roles-claim", "groups").roles())
        .containsExactlyInAnyOrder("admin", "a,admin");
    assertThat(identity(user.with("groups", Map.of("admin", true))).roles())
        .containsExactlyInAnyOrder("user", "editor");
  }

  @Test
  void a_plain_provider_names_the_user_in_a_claim_of_its_own() {
    with(
        TestClient.openId("scope", "read", "subject-claim", "id", "name-claim", "login"),
        client -> {
          client
              .server()
              .userInfo(
                  claims -> {
                    claims.clear();
                    claims.put("id", 583231);
                    claims.put("login", "octocat");
                  });

          Identity octocat = client.signedIn().identity();
          assertThat(octocat.subject()).isEqualTo("583231");
          assertThat(octocat.name()).isEqualTo("octocat");
          assertThat(octocat.issuer()).isEqualTo(client.server().issuer());
        });
  }

  @Test
  void a_subject_of_another_type_is_none() {
    with(
        TestClient.openId("scope", "read"),
        client -> {
          client.server().userInfo(claims -> claims.put("sub", List.of("1")));

          assertThat(client.signedIn().identity().subject()).isEmpty();
        });
  }
}
