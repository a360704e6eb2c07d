package org.vestibule.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;
import static org.vestibule.Provoked.assertReported;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Tokens;
import org.vestibule.protocol.Violation;
import org.vestibule.provider.Json;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Feature;
import org.vestibule.testing.IdTokenSigner;
import org.vestibule.testing.JwsAlgorithm;
import org.vestibule.testing.SigningKey;
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

  @Test
  void a_signed_userinfo_response_is_understood() {
    with(
        TestClient.openId(),
        client -> {
          client.server().on(Endpoint.USERINFO).always(signed(client, jane(client)));

          assertThat(Json.read(client.signedIn().identity().claims()))
              .containsEntry("email", "jane@signed.example");
        });
  }

  @Test
  @Provokes({Violation.USERINFO_SIGNATURE, Violation.USERINFO_SUBJECT})
  void a_userinfo_response_that_is_signed_by_or_for_somebody_else_ends_the_login() {
    with(
        TestClient.openId(),
        client -> {
          SigningKey foreign = SigningKey.create(JwsAlgorithm.RS256);
          Map<String, Object> jane = jane(client);
          List<Answer> answers =
              List.of(
                  jwt(IdTokenSigner.foreign(foreign).sign(jane, client.server().signingKey())),
                  jwt(IdTokenSigner.unsigned("none").sign(jane, client.server().signingKey())),
                  jwt("not a JWT"),
                  signed(client, changed(jane, "iss", "https://attacker.example")),
                  signed(client, changed(jane, "aud", "another client")));
          for (Answer answer : answers) {
            client.server().on(Endpoint.USERINFO).once(answer);
            assertFails(Violation.USERINFO_SIGNATURE, client::login);
          }
          client
              .server()
              .on(Endpoint.USERINFO)
              .once(signed(client, changed(jane, "sub", "248289761002")));
          assertFails(Violation.USERINFO_SUBJECT, client::login);
        });
  }

  private static Map<String, Object> jane(TestClient client) {
    return Map.of(
        "iss",
        client.server().issuer(),
        "aud",
        TestClient.ID,
        "sub",
        "248289761001",
        "email",
        "jane@signed.example");
  }

  private static Map<String, Object> changed(Map<String, Object> claims, String name, String to) {
    Map<String, Object> changed = new LinkedHashMap<>(claims);
    changed.put(name, to);
    return changed;
  }

  private static Answer signed(TestClient client, Map<String, Object> claims) {
    return jwt(IdTokenSigner.correct().sign(claims, client.server().signingKey()));
  }

  private static Answer jwt(String token) {
    return Answer.of(200, "application/jwt", token);
  }

  @Test
  void roles_can_come_from_an_access_token_that_is_a_jwt() {
    with(
        TestClient.openId(
            c -> c.with(Feature.JWT_ACCESS_TOKENS), "claims-from", "id-token,access-token"),
        client -> {
          client
              .server()
              .accessTokenClaims(
                  claims -> claims.put("realm_access", Map.of("roles", List.of("clerk"))));

          Identity jane = client.signedIn().identity();

          assertThat(jane.roles()).containsExactly("clerk");
          assertThat(jane.subject()).isEqualTo("248289761001");
        });
  }

  @Test
  @Provokes({Violation.ACCESS_TOKEN_UNVERIFIED, Violation.ACCESS_TOKEN_OF_ANOTHER})
  void an_access_token_that_cannot_be_believed_ends_the_login() {
    with(
        TestClient.openId("claims-from", "id-token,access-token"),
        client -> assertFails(Violation.ACCESS_TOKEN_UNVERIFIED, client::login));
    for (String claim : List.of("iss", "sub")) {
      with(
          TestClient.openId(c -> c.with(Feature.JWT_ACCESS_TOKENS), "claims-from", "access-token"),
          client -> {
            client.server().accessTokenClaims(claims -> claims.put(claim, "https://other.example"));
            assertFails(Violation.ACCESS_TOKEN_OF_ANOTHER, client::login);
          });
    }
  }

  /** What Microsoft Entra ID sends in place of too many groups. */
  static Stream<Map<String, Object>> overages() {
    return Stream.of(
        Map.of(
            "_claim_names", Map.of("groups", "src1"),
            "_claim_sources", Map.of("src1", Map.of("endpoint", "https://graph.example/groups"))),
        Map.of("hasgroups", true),
        Map.of("hasgroups", "true"));
  }

  @ParameterizedTest
  @MethodSource("overages")
  @Provokes(trouble = ProviderTrouble.GROUPS_LEFT_OUT)
  void groups_that_were_left_out_are_remarked_upon(Map<String, Object> overage) {
    with(
        TestClient.openId(),
        client -> {
          client.server().idTokenClaims(claims -> claims.putAll(overage));

          assertThat(remarks(client)).hasSize(1);
          assertReported(
              ProviderTrouble.GROUPS_LEFT_OUT,
              String.valueOf(new LoginException(remarks(client).get(0)).getMessage()));

          client.server().idTokenClaims(claims -> claims.put("groups", List.of("a")));
          assertThat(remarks(client)).isEmpty();
        });
  }

  private static List<Failure> remarks(TestClient client) {
    return ((LoginResult.Success) client.login()).remarks();
  }

  @Test
  void the_application_adds_roles_and_takes_none_away() {
    User clerk = new User("1", Map.of("groups", List.of("clerk")));

    assertThat(identity(clerk).withRoles(Set.of("vip")).roles())
        .containsExactlyInAnyOrder("clerk", "vip");
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
                      .identify(
                          tokens,
                          Optional.of(Secret.of("n-0S6_WzA2Mj")),
                          AuthenticationRequirement.NONE));
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
  void a_plain_provider_can_count_its_users_beyond_a_long() {
    with(
        TestClient.openId("scope", "read", "subject-claim", "id"),
        client -> {
          client
              .server()
              .userInfo(claims -> claims.put("id", new BigInteger("12345678901234567890123")));

          assertThat(client.signedIn().identity().subject()).isEqualTo("12345678901234567890123");
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
