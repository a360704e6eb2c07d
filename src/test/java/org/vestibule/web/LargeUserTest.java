package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.SignedIn;
import org.vestibule.session.SessionCodec;
import org.vestibule.session.UserSession;
import org.vestibule.testing.AuthorizationServer;

/** DS-10: what a provider says of a user has to fit into the place that a session has. */
class LargeUserTest {

  private static final SessionCodec PLAIN = new SessionCodec(Optional.empty());

  private final AuthorizationServer server =
      AuthorizationServer.start(c -> c.client(Houses.CLIENT_ID, Houses.CLIENT_SECRET));
  private final Logs logs = new Logs();

  @AfterEach
  void stop() {
    logs.close();
    server.close();
  }

  private Visitor visitor(String... settings) {
    return new Visitor(Houses.with(Clock.systemUTC(), Houses.usualSettings(settings)));
  }

  private Visitor visitorOf(String... more) {
    String[] settings = new String[more.length + 2];
    settings[0] = "issuer";
    settings[1] = server.issuer();
    System.arraycopy(more, 0, settings, 2, more.length);
    return visitor(settings);
  }

  private static List<String> groups(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "%08d-1111-2222-3333-444444444444".formatted(i))
        .toList();
  }

  private static MockHttpServletResponse back(Visitor visitor) {
    return visitor.goTo(visitor.atProvider(visitor.get("/orders")));
  }

  private static SignedIn stored(Visitor visitor) {
    return UserSession.in(Objects.requireNonNull(visitor.session()))
        .flatMap(stored -> stored.open(PLAIN))
        .orElseThrow();
  }

  @Test
  @Provokes(trouble = ProviderTrouble.USER_TOO_LARGE)
  void ten_users_with_almost_a_megabyte_of_claims_are_refused_and_leave_nothing() {
    server.userInfo(claims -> claims.put("photo", "x".repeat(1_000_000)));
    for (int i = 0; i < 10; i++) {
      Visitor visitor = visitorOf("claims-from", "id-token,userinfo");

      assertThat(back(visitor).getStatus()).isEqualTo(500);
      assertThat(visitor.session()).isNull();
    }
    assertThat(logs.at(Level.WARNING))
        .hasSize(10)
        .allMatch(line -> line.matches(".*maximum-session-size.* bytes, of them .*"));
    assertReported(ProviderTrouble.USER_TOO_LARGE, logs.text());
  }

  @Test
  void five_thousand_groups_fit_or_are_refused_as_the_setting_says() {
    server.idTokenClaims(claims -> claims.put("groups", groups(5000)));

    Visitor refused = visitorOf("roles-claim", "groups");
    assertThat(back(refused).getStatus()).isEqualTo(500);
    assertThat(logs.text()).contains("for 5000 roles");

    Visitor roomy = visitorOf("roles-claim", "groups", "maximum-session-size", "1048576");
    assertThat(back(roomy).getHeader("Location")).isEqualTo("/app/orders");
    SignedIn signedIn = stored(roomy);
    assertThat(signedIn.identity().roles()).hasSize(5000);
    byte[] bytes = PLAIN.encode(signedIn);
    assertThat(bytes).hasSizeLessThan(1 << 20);
    assertThat(PLAIN.decode(bytes).orElseThrow().identity().roles()).hasSize(5000);
  }

  /** Otherwise another server could not read the session. */
  @Test
  void more_roles_than_can_be_read_again_are_refused_however_short_they_are() {
    List<String> many = IntStream.range(0, 10_001).mapToObj(Integer::toString).toList();
    server.idTokenClaims(claims -> claims.put("groups", many));
    Visitor visitor = visitorOf("roles-claim", "groups", "maximum-session-size", "1048576");

    assertThat(back(visitor).getStatus()).isEqualTo(500);
    assertThat(logs.text()).contains("VEST2015", "10001 roles");
  }
}
