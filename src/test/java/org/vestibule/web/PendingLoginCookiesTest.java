package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.CodeVerifier;
import org.vestibule.protocol.authorization.PendingAuthorization;
import org.vestibule.session.PendingLogins;

class PendingLoginCookiesTest {

  private static final RandomValues RANDOM = new RandomValues(new SecureRandom());
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private final PendingLoginCookies logins = Houses.usual().pendingLogins();

  private static PendingAuthorization pending(Instant begunAt, String returnTo) {
    return new PendingAuthorization(
        "default",
        "Kq3Zr0aT",
        Optional.of(Houses.ISSUER),
        true,
        RANDOM.next(),
        Optional.of(RANDOM.next()),
        Optional.of(CodeVerifier.generate(RANDOM)),
        URI.create("https://app.example.com/app/oauth/callback"),
        Scope.parse("openid profile email"),
        returnTo,
        begunAt,
        AuthenticationRequirement.NONE,
        false);
  }

  private static PendingAuthorization begunAgo(int seconds) {
    return pending(NOW.minusSeconds(seconds), "/app/orders");
  }

  private Cookie put(PendingAuthorization pending, Cookie... others) {
    return stored(response(pending, others)).get(0);
  }

  private MockHttpServletResponse response(PendingAuthorization pending, Cookie... others) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    logins.put(with(others), response, pending, false);
    return response;
  }

  private static MockHttpServletRequest with(Cookie... cookies) {
    MockHttpServletRequest request = Requests.get("/orders");
    request.setCookies(cookies);
    return request;
  }

  private static List<Cookie> stored(MockHttpServletResponse response) {
    return Arrays.stream(response.getCookies()).filter(c -> c.getMaxAge() > 0).toList();
  }

  private static List<String> removed(MockHttpServletResponse response) {
    return Arrays.stream(response.getCookies())
        .filter(c -> c.getMaxAge() == 0)
        .map(Cookie::getName)
        .toList();
  }

  @Test
  void a_pending_login_is_found_by_its_state() {
    PendingAuthorization pending = begunAgo(0);
    Cookie cookie = put(pending);

    assertThat(logins.find(with(cookie), pending.state()))
        .map(PendingLoginCookies.Found::pending)
        .contains(pending);
  }

  @Test
  void it_is_not_found_by_the_state_of_another() {
    PendingAuthorization one = begunAgo(0);
    PendingAuthorization other = begunAgo(0);
    Cookie cookie = put(one);

    assertThat(logins.find(with(cookie), other.state())).isEmpty();
    assertThat(logins.find(with(cookie), RANDOM.next())).isEmpty();
  }

  @Test
  void a_browser_without_the_cookie_has_no_pending_login() {
    PendingAuthorization pending = begunAgo(0);
    put(pending);

    assertThat(logins.find(with(), pending.state())).isEmpty();
  }

  @Test
  void every_tab_has_its_own() {
    PendingAuthorization one = begunAgo(1);
    PendingAuthorization other = begunAgo(0);
    Cookie first = put(one);
    Cookie second = put(other, first);

    assertThat(logins.find(with(first, second), one.state())).isPresent();
    assertThat(logins.find(with(first, second), other.state())).isPresent();
  }

  @Test
  void of_two_cookies_with_one_name_neither_is_taken() {
    PendingAuthorization pending = begunAgo(0);
    Cookie cookie = put(pending);
    Cookie planted = new Cookie(cookie.getName(), cookie.getValue());

    assertThat(logins.find(with(cookie, planted), pending.state())).isEmpty();
  }

  @Test
  void a_cookie_under_the_name_of_another_cannot_be_opened() {
    PendingAuthorization attackers = begunAgo(0);
    PendingAuthorization victims = begunAgo(0);
    Cookie planted = new Cookie(put(victims).getName(), put(attackers).getValue());

    assertThat(logins.find(with(planted), victims.state())).isEmpty();
  }

  @Test
  void nothing_of_it_can_be_read() {
    PendingAuthorization pending = begunAgo(0);
    Cookie cookie = put(pending);

    assertThat(cookie.getName() + cookie.getValue())
        .doesNotContain(pending.state().value())
        .doesNotContain(pending.nonce().orElseThrow().value())
        .doesNotContain("orders");
    assertThat(cookie.getValue()).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void it_is_used_up_once() {
    PendingAuthorization pending = begunAgo(0);
    MockHttpServletRequest request = with(put(pending));
    PendingLoginCookies.Found found = logins.find(request, pending.state()).orElseThrow();
    MockHttpServletResponse response = new MockHttpServletResponse();

    assertThat(logins.take(request, response, found, false)).isTrue();
    assertThat(removed(response)).containsExactly(found.cookieName());
    assertThat(logins.take(request, new MockHttpServletResponse(), found, false)).isFalse();
  }

  @Test
  void by_many_at_once_it_is_used_up_once() {
    PendingAuthorization pending = begunAgo(0);
    MockHttpServletRequest request = with(put(pending));
    PendingLoginCookies.Found found = logins.find(request, pending.state()).orElseThrow();

    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .filter(i -> logins.take(request, new MockHttpServletResponse(), found, false))
                .count())
        .isOne();
  }

  @Test
  void the_oldest_makes_room() {
    Cookie[] eight =
        IntStream.of(5, 90, 7, 4, 80, 3, 2, 1)
            .mapToObj(seconds -> put(begunAgo(seconds)))
            .toArray(Cookie[]::new);
    MockHttpServletResponse response = response(begunAgo(0), eight);

    assertThat(removed(response)).containsExactly(eight[1].getName());
    assertThat(stored(response)).hasSize(1);
  }

  @Test
  void as_many_as_are_allowed_stay() {
    Cookie[] seven = IntStream.range(0, 7).mapToObj(i -> put(begunAgo(i))).toArray(Cookie[]::new);

    assertThat(removed(response(begunAgo(0), seven))).isEmpty();
  }

  @Test
  void a_browser_that_has_too_many_is_relieved_of_all_that_are_too_many() {
    Cookie[] twenty = IntStream.range(0, 20).mapToObj(i -> put(begunAgo(i))).toArray(Cookie[]::new);

    assertThat(removed(response(begunAgo(0), twenty))).hasSize(13);
  }

  @Test
  void large_ones_make_room_before_servers_refuse_the_header() {
    String longest = "/app/x?q=" + "a".repeat(1_483);
    Cookie[] six =
        IntStream.range(0, 6)
            .mapToObj(i -> put(pending(NOW.minusSeconds(i), longest)))
            .toArray(Cookie[]::new);
    MockHttpServletResponse response = response(pending(NOW, longest), six);
    int left =
        Arrays.stream(six)
            .filter(cookie -> !removed(response).contains(cookie.getName()))
            .mapToInt(cookie -> cookie.getValue().length())
            .sum();

    assertThat(left + stored(response).get(0).getValue().length())
        .isLessThanOrEqualTo(PendingLoginCookies.MOST_CHARACTERS);
    assertThat(removed(response)).contains(six[5].getName()).doesNotContain(six[0].getName());
  }

  @Test
  void twenty_tabs_with_long_addresses_leave_room_in_a_header_of_8_kilobytes() {
    PendingLoginCookies many = Houses.usual("maximum-pending-logins", "20").pendingLogins();
    Map<String, String> browser = new LinkedHashMap<>();
    for (int tab = 20; tab > 0; tab--) {
      Cookie[] kept =
          browser.entrySet().stream()
              .map(entry -> new Cookie(entry.getKey(), entry.getValue()))
              .toArray(Cookie[]::new);
      MockHttpServletResponse response = new MockHttpServletResponse();
      String address = "/app/x?q=" + "a".repeat(tab * 20);
      many.put(with(kept), response, pending(NOW.minusSeconds(tab), address), false);
      removed(response).forEach(browser::remove);
      stored(response).forEach(cookie -> browser.put(cookie.getName(), cookie.getValue()));

      String header =
          browser.entrySet().stream().map(Object::toString).collect(Collectors.joining("; "));
      assertThat(header.length()).isLessThan(6_500);
    }
    assertThat(browser).hasSizeGreaterThan(4);
  }

  @Test
  void the_largest_fits_into_a_cookie() {
    PendingAuthorization largest = pending(NOW, "/app/x?q=" + "a".repeat(1_483));

    assertThat(put(largest).getValue().length()).isLessThan(4_000 - 80);
  }

  @Test
  void what_is_too_old_is_forgotten() {
    Cookie old = put(begunAgo(601));
    Cookie good = put(begunAgo(600));

    assertThat(removed(response(begunAgo(0), old, good))).containsExactly(old.getName());
  }

  @Test
  void the_cookie_outlives_the_login_so_that_a_late_one_is_known() {
    assertThat(put(begunAgo(0)).getMaxAge()).isEqualTo(2 * 600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "=", "AAAA", "%00", "a.b.c", "\u00e4"})
  void what_is_damaged_is_forgotten(String value) {
    Cookie damaged = new Cookie(put(begunAgo(0)).getName(), value);

    assertThat(removed(response(begunAgo(0), damaged))).containsExactly(damaged.getName());
  }

  @Test
  void what_was_sealed_with_another_key_is_forgotten() {
    MockHttpServletResponse other = new MockHttpServletResponse();
    Houses.usual("client-secret", "another").pendingLogins().put(with(), other, begunAgo(0), false);

    assertThat(removed(response(begunAgo(0), stored(other).get(0))))
        .containsExactly(stored(other).get(0).getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/login", "/app/login", "/app-login", "/apps", "/app/login-"})
  void the_cookies_of_other_applications_are_left_alone(String contextPath) {
    Vestibule other =
        Houses.at(
            contextPath,
            Clock.systemUTC(),
            Houses.usualSettings("public-url", "https://app.example.com"));
    Vestibule ours = Houses.usual("public-url", "https://app.example.com");
    MockHttpServletResponse foreign = new MockHttpServletResponse();
    other.pendingLogins().put(with(), foreign, begunAgo(0), false);
    MockHttpServletResponse response = new MockHttpServletResponse();
    ours.pendingLogins().put(with(stored(foreign).get(0)), response, begunAgo(0), false);

    assertThat(removed(response)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSESSIONID", "vestibule-app-session", "vestibule-app-login-x", "theme"})
  void the_applications_own_cookies_are_left_alone(String name) {
    assertThat(removed(response(begunAgo(0), new Cookie(name, "value")))).isEmpty();
  }

  @Test
  void an_application_cannot_open_the_cookies_of_another_with_the_same_secret() {
    PendingAuthorization pending = begunAgo(0);
    Vestibule other = Houses.at("/other", Clock.systemUTC(), Houses.usualSettings());
    MockHttpServletResponse response = new MockHttpServletResponse();
    other.pendingLogins().put(with(), response, pending, false);
    Cookie renamed = new Cookie(put(pending).getName(), stored(response).get(0).getValue());

    assertThat(logins.find(with(renamed), pending.state())).isEmpty();
  }

  @Test
  void behind_a_proxy_that_ends_TLS_the_cookies_are_those_of_https() {
    PendingLoginCookies secure =
        Houses.usual("public-url", "https://app.example.com").pendingLogins();
    PendingAuthorization pending = begunAgo(0);
    MockHttpServletResponse response = new MockHttpServletResponse();
    secure.put(with(), response, pending, false);
    Cookie cookie = stored(response).get(0);

    assertThat(cookie.getName())
        .isEqualTo("__Host-vestibule-app-login-" + PendingLogins.id(pending.state()));
    assertThat(cookie.getSecure()).isTrue();
    assertThat(secure.find(with(cookie), pending.state())).isPresent();
  }

  @Test
  void under_https_a_cookie_without_the_prefix_counts_for_nothing() {
    PendingLoginCookies secure =
        Houses.usual("public-url", "https://app.example.com").pendingLogins();
    PendingAuthorization pending = begunAgo(0);

    assertThat(secure.find(with(put(pending)), pending.state())).isEmpty();
  }

  @Test
  void a_form_post_login_is_forgotten_with_the_attributes_that_it_was_put_with() {
    MockHttpServletResponse first = new MockHttpServletResponse();
    logins.put(with(), first, begunAgo(601), true);
    MockHttpServletResponse second = new MockHttpServletResponse();
    logins.put(with(stored(first).get(0)), second, begunAgo(0), true);

    assertThat(second.getCookies())
        .hasSize(2)
        .allSatisfy(
            cookie -> {
              assertThat(cookie.getAttribute("SameSite")).isEqualTo("None");
              assertThat(cookie.getSecure()).isTrue();
            });
  }

  @Test
  void a_thousand_cookies_are_no_trouble() {
    Cookie[] thousand =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new Cookie("vestibule-app-login-" + "%022d".formatted(i), "x".repeat(i)))
            .toArray(Cookie[]::new);

    assertThat(removed(response(begunAgo(0), thousand))).hasSize(1_000);
  }

  @Test
  void a_shorter_time_is_allowed_for() {
    PendingLoginCookies quick = Houses.usual("login-timeout", "PT1M").pendingLogins();
    MockHttpServletResponse response = new MockHttpServletResponse();
    quick.put(with(), response, begunAgo(0), false);

    assertThat(Duration.ofSeconds(stored(response).get(0).getMaxAge()))
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void a_state_that_nobody_issued_is_no_trouble() {
    assertThat(logins.find(with(), Secret.of("x".repeat(1_000_000)))).isEmpty();
  }
}
