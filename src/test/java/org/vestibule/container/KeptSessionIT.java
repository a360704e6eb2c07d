package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;

import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Cookie;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** What a session may not be: that of somebody else, or larger than its place. */
@ExtendWith(ArquillianExtension.class)
class KeptSessionIT {

  private static final User MALLORY = User.named("mallory");

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("roles-claim", "groups")
        .with("claims-from", "id-token,userinfo")
        .war("kept-session");
  }

  @BeforeEach
  void provider_is_itself() {
    PROVIDER.approving(User.JANE);
    PROVIDER.userInfo(claims -> {});
    PROVIDER.idTokenClaims(claims -> {});
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static Visitor mallory(URL deployment) {
    PROVIDER.approving(MALLORY);
    Visitor mallory = Visitor.signedInAt(deployment);
    PROVIDER.approving(User.JANE);
    return mallory;
  }

  /** In the only order that somebody can bring about who writes cookies for a longer path. */
  private static RawResponse get(Visitor visitor, String path, String... sessionIds) {
    String cookies =
        Arrays.stream(sessionIds)
            .map(id -> Visitor.SESSION_COOKIE + "=" + id)
            .collect(Collectors.joining("; "));
    return visitor.stranger().request("GET", path).header("Cookie", cookies).send();
  }

  @Test
  void a_session_cookie_beside_another_signs_nobody_in_as_the_attacker() {
    Visitor mallory = mallory(deployment);
    Visitor jane = Visitor.signedInAt(deployment);

    for (String[] pair :
        List.of(
            new String[] {mallory.sessionId(), jane.sessionId()},
            new String[] {jane.sessionId(), mallory.sessionId()})) {
      RawResponse page = get(jane, "/whoami", pair);
      assertThat(page.body()).doesNotContain("mallory");
      if (page.status() == 400) {
        assertNeutralPage(page);
      } else {
        assertThat(page.body()).as("her own was taken").contains("principal=j.doe");
      }
      assertThat(get(jane, "/oauth/session", pair).body()).doesNotContain("mallory");
    }
    // In one of the two orders the server takes the attacker's.
    assertThat(jane.log()).contains("VEST4031");
    assertThat(jane.isSignedIn()).isTrue();
  }

  /** Somebody planted it before the login, or an application at the root of the host has it. */
  @Test
  void whoever_signs_in_beside_a_planted_cookie_is_themselves_or_nobody() {
    Visitor mallory = mallory(deployment);
    Visitor jane = Visitor.of(deployment);
    Cookie planted =
        new Cookie(
            Visitor.SESSION_COOKIE,
            mallory.sessionId(),
            "localhost",
            jane.contextPath() + "/oauth",
            false,
            true,
            null,
            null,
            null);
    jane.browser().cookies().put(planted);

    jane.signIn();

    assertThat(jane.lines("/whoami")).containsEntry("principal", "j.doe");
    assertThat(String.valueOf(jane.session())).doesNotContain("mallory");
  }

  @Test
  void ten_users_with_a_megabyte_of_claims_and_thousands_of_groups_leave_nothing_behind() {
    List<String> groups =
        IntStream.range(0, 5000)
            .mapToObj(i -> "%08d-1111-2222-3333-444444444444".formatted(i))
            .toList();
    int sessions = Visitor.of(deployment).hits("sessions");
    PROVIDER.idTokenClaims(claims -> claims.put("groups", groups));
    PROVIDER.userInfo(claims -> claims.put("photo", "x".repeat(1_000_000)));

    for (int i = 0; i < 10; i++) {
      Visitor visitor = Visitor.of(deployment);
      RawResponse page = visitor.browser().get(visitor.callback());

      assertThat(page.status()).isEqualTo(500);
      assertNeutralPage(page);
      assertThat(visitor.hasSession()).isFalse();
    }
    assertThat(Visitor.of(deployment).hits("sessions")).isEqualTo(sessions);
    assertThat(Visitor.of(deployment).log()).contains("VEST2015", "maximum-session-size");
  }
}
