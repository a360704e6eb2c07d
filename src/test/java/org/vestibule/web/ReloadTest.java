package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.shared.SharedState;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.MovableClock;
import org.vestibule.testing.RegisteredClient;

/** CF-05: settings that change while the application runs. */
class ReloadTest {

  private static final String NEW_SECRET = "gX1fBat3bVnew";

  private final MovableClock clock = new MovableClock();
  private final AuthorizationServer server = start();
  private final AuthorizationServer other = start();
  private final Map<String, String> settings =
      new HashMap<>(Houses.usualSettings("issuer", server.issuer()));
  private final CurrentVestibule current = new CurrentVestibule(build());
  private final Reload reload = new Reload(() -> Houses.read(settings), current);
  private final Visitor visitor = new Visitor(current);
  private final Logs logs = new Logs();

  private AuthorizationServer start() {
    return AuthorizationServer.start(
        wishes ->
            wishes
                .clock(clock)
                .client(Houses.CLIENT_ID, Houses.CLIENT_SECRET)
                .client("another-client", NEW_SECRET));
  }

  private Vestibule build() {
    return Vestibule.build(
        Houses.read(settings),
        Lasting.of(
            Houses.CONTEXT_PATH,
            clock,
            new SecureRandom(),
            CredentialsSource.NONE,
            SharedState.ALONE,
            Duration.ofDays(1)));
  }

  @AfterEach
  void close() {
    reload.close();
    logs.close();
    server.close();
    other.close();
  }

  private void change(String... keysAndValues) {
    settings.putAll(Houses.settings(keysAndValues));
    reload.look();
  }

  private static String location(MockHttpServletResponse response) {
    return String.valueOf(response.getHeader("Location"));
  }

  private boolean isSignedIn() {
    return visitor.get("/orders").getStatus() == 200;
  }

  @Test
  void nothing_is_done_and_said_while_nothing_changes() {
    Vestibule before = current.get();
    reload.look();
    reload.look();

    assertThat(current.get()).isSameAs(before);
    assertThat(logs.text()).isEmpty();
  }

  @Test
  void another_provider_takes_over_without_a_restart() {
    assertThat(location(visitor.get("/orders"))).startsWith(server.origin());

    change("issuer", other.issuer());

    assertThat(location(visitor.get("/orders"))).startsWith(other.origin());
    assertThat(logs.at(Level.INFO))
        .anyMatch(line -> line.startsWith("No longer oauth.issuer=" + server.issuer()))
        .anyMatch(line -> line.startsWith("Setting oauth.issuer=" + other.issuer()))
        .anyMatch(line -> line.contains("have changed and are in effect"))
        .noneMatch(line -> line.contains("client-secret"));
    assertThat(logs.at(Level.SEVERE)).isEmpty();
  }

  @Test
  void a_provider_that_is_added_leaves_the_others_as_they_are() {
    visitor.signIn("/orders");
    int asked = server.requests().size();
    change(
        "providers", "first,second",
        "provider.first.issuer", server.issuer(),
        "provider.second.issuer", other.issuer());
    assertThat(current.get().providers()).containsOnlyKeys("first", "second");
    Object first = current.get().providers().get("first");

    change("provider.second.name-claim", "email");

    assertThat(current.get().providers().get("first")).isSameAs(first);
    assertThat(server.requests()).hasSizeGreaterThan(asked);
  }

  @Test
  void whoever_is_signed_in_stays_so_while_their_provider_does() {
    visitor.signIn("/orders");

    change("protected-paths", "/orders,/basket");

    assertThat(isSignedIn()).isTrue();
    assertThat(visitor.get("/about").getStatus()).isEqualTo(200);
  }

  @Test
  void whoever_is_signed_in_by_a_provider_that_is_gone_signs_in_again() {
    visitor.signIn("/orders");

    change("issuer", other.issuer());

    assertThat(location(visitor.get("/orders"))).startsWith(other.origin());
    assertThat(location(visitor.signIn("/orders"))).isEqualTo("null");
    assertThat(isSignedIn()).isTrue();
  }

  @Test
  void a_login_under_way_finishes_with_the_client_that_it_began_with() {
    MockHttpServletResponse begun = visitor.get("/orders");

    change("client-id", "another-client", "client-secret", NEW_SECRET);
    MockHttpServletResponse back = visitor.goTo(visitor.atProvider(begun));

    assertThat(location(back)).isEqualTo("/app/orders");
    assertThat(server.lastRequest(Endpoint.TOKEN).header("Authorization"))
        .isEqualTo("Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3");
    assertThat(isSignedIn()).isTrue();
  }

  @Test
  void a_login_under_way_finishes_although_the_secret_that_sealed_it_has_changed() {
    MockHttpServletResponse begun = visitor.get("/orders");
    server.register(RegisteredClient.confidential(Houses.CLIENT_ID, NEW_SECRET));

    change("client-secret", NEW_SECRET);
    MockHttpServletResponse back = visitor.goTo(visitor.atProvider(begun));

    assertThat(location(back)).isEqualTo("/app/orders");
    assertThat(isSignedIn()).isTrue();
  }

  @Test
  void nothing_is_kept_of_the_old_settings_when_no_login_can_need_it() {
    MockHttpServletResponse begun = visitor.get("/orders");
    change("issuer", other.issuer(), "client-secret", NEW_SECRET);
    assertThat(current.get().former().isNothing()).isFalse();

    clock.advance(Duration.ofMinutes(10));
    reload.look();
    assertThat(current.get().former().isNothing()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    reload.look();

    assertThat(current.get().former().isNothing()).isTrue();
    assertThat(location(visitor.goTo(visitor.atProvider(begun)))).startsWith(other.origin());
  }

  @Test
  void nothing_is_kept_any_longer_because_later_settings_are_refused() {
    change("client-secret", NEW_SECRET);
    change("clock-skew", "a lot");
    assertThat(current.get().former().isNothing()).isFalse();

    clock.advance(Duration.ofMinutes(10).plusSeconds(1));
    reload.look();

    assertThat(current.get().former().isNothing()).isTrue();
  }

  @Test
  void a_source_that_fails_is_told_once_without_what_it_says_and_tried_again() {
    AtomicBoolean broken = new AtomicBoolean(true);
    Supplier<Configuration> reader =
        () -> {
          if (broken.get()) {
            throw new IllegalStateException("client-secret=" + NEW_SECRET);
          }
          return Houses.read(settings);
        };
    try (Reload failing = new Reload(reader, current)) {
      failing.look();
      failing.look();
      assertThat(logs.at(Level.SEVERE))
          .hasSize(2)
          .anyMatch(line -> line.startsWith("VEST3028 oauth.*"));
      assertThat(logs.text()).doesNotContain(NEW_SECRET);

      broken.set(false);
      settings.put("issuer", other.issuer());
      failing.look();
    }

    assertThat(location(visitor.get("/orders"))).startsWith(other.origin());
  }

  /** A plain OAuth 2.0 provider has no keys to be asked for, but metadata. */
  @Test
  void a_provider_whose_id_tokens_are_ignored_is_asked_for_its_metadata_all_the_same() {
    other.on(Endpoint.JWKS).always(Answer.empty(503));
    change("id-token", "ignored", "issuer", other.issuer());
    assertThat(location(visitor.get("/orders"))).startsWith(other.origin());

    server.on(Endpoint.OPENID_CONFIGURATION).always(Answer.empty(503));
    change("issuer", server.issuer());

    assertThat(logs.at(Level.SEVERE)).anyMatch(line -> line.startsWith("VEST3026"));
    assertThat(location(visitor.get("/orders"))).startsWith(other.origin());
  }

  @Test
  void a_callback_that_was_used_stays_used() {
    String callback = visitor.atProvider(visitor.get("/orders"));
    Visitor thief = visitor.neighbour();
    thief.cookies().putAll(visitor.cookies());
    visitor.goTo(callback);

    change("name-claim", "email");
    thief.goTo(callback);

    assertThat(server.requests(Endpoint.TOKEN)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, http://evil.example, VEST3008",
    "client-secret, '', VEST3010",
    "clock-skew, a lot, VEST3002",
    "encryption-key-file, /no/such/file, VEST3004",
    "callback-path, /other, VEST3025",
    "login-path, /other, VEST3025",
    "logout-path, /other, VEST3025",
    "session-path, /other, VEST3025",
    "cookie-partitioned, on, VEST3025",
    "container-identity, on, VEST3025",
    "public-url, https://app.example.com, VEST3025",
    "issuer, http://127.0.0.1:1, VEST3026"
  })
  void what_is_wrong_is_refused_with_its_reason_and_the_old_goes_on(
      String key, String value, String code) {
    Vestibule before = current.get();

    change(key, value);

    assertThat(current.get()).isSameAs(before);
    assertThat(logs.at(Level.SEVERE))
        .anyMatch(line -> line.startsWith(code + " oauth."))
        .anyMatch(line -> line.contains("those from before go on"));
    visitor.signIn("/orders");
    assertThat(isSignedIn()).isTrue();
  }

  @Test
  void a_reason_is_told_once_and_a_correction_counts_at_once() {
    change("clock-skew", "a lot");
    reload.look();
    reload.look();
    assertThat(logs.at(Level.SEVERE)).hasSize(2);

    change("clock-skew", "PT10S");

    assertThat(current.get().configuration().isUsable()).isTrue();
    assertThat(logs.at(Level.SEVERE)).hasSize(2);
  }

  @Test
  void what_is_set_back_is_no_change_and_may_be_refused_again() {
    change("clock-skew", "a lot");
    change("clock-skew", "PT30S");
    settings.remove("clock-skew");
    reload.look();
    change("clock-skew", "a lot");

    assertThat(logs.at(Level.SEVERE)).hasSize(4);
  }

  @Test
  void a_provider_that_was_down_takes_over_when_it_is_up() {
    other.on(Endpoint.OPENID_CONFIGURATION).always(Answer.empty(503));
    change("issuer", other.issuer());
    assertThat(location(visitor.get("/orders"))).startsWith(server.origin());

    other.on(Endpoint.OPENID_CONFIGURATION).regular();
    reload.look();

    assertThat(location(visitor.get("/orders"))).startsWith(other.origin());
  }

  @Test
  void an_application_that_started_with_a_broken_configuration_recovers() {
    settings.put("clock-skew", "a lot");
    current.replaceBy(build());
    assertThat(visitor.get("/orders").getStatus()).isEqualTo(503);

    change("clock-skew", "PT30S");

    visitor.signIn("/orders");
    assertThat(isSignedIn()).isTrue();
  }

  @Test
  void the_content_of_a_file_is_part_of_the_settings(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), Houses.CLIENT_SECRET);
    settings.remove("client-secret");
    change("client-secret-file", file.toString());
    server.register(RegisteredClient.confidential(Houses.CLIENT_ID, NEW_SECRET));

    Files.writeString(file, NEW_SECRET);
    reload.look();

    visitor.signIn("/orders");
    assertThat(isSignedIn()).isTrue();
    assertThat(logs.text()).doesNotContain(Houses.CLIENT_SECRET, NEW_SECRET);
  }

  @Test
  void somebody_looks_by_themselves_at_every_interval() throws Exception {
    settings.put("reload-interval", "PT1S");
    current.replaceBy(build());
    Semaphore looks = new Semaphore(0);
    Supplier<Configuration> reader =
        () -> {
          looks.release();
          return Houses.read(settings);
        };
    settings.put("issuer", other.issuer());
    try (Reload itself = new Reload(reader, current)) {
      itself.start();
      // The second look begins when the first has ended.
      assertThat(looks.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(location(visitor.get("/orders"))).startsWith(other.origin());
  }
}
