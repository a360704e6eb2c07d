package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Refusal;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;

/** Who signs users in, where there is more than one that could. */
class ProviderChoiceTest {

  private static AuthorizationServer corp;
  private static AuthorizationServer partner;

  private final Logs logs = new Logs();

  @AfterEach
  void stop_listening() {
    logs.close();
  }

  @BeforeAll
  static void start() {
    corp = server();
    partner = server();
  }

  @AfterAll
  static void stop() {
    corp.close();
    partner.close();
  }

  private static AuthorizationServer server() {
    return AuthorizationServer.start(
        wishes -> wishes.client(Houses.CLIENT_ID, Houses.CLIENT_SECRET));
  }

  private static Visitor visitor(String... more) {
    String[] both = {
      "providers", "corp,partner",
      "provider.corp.issuer", corp.issuer(),
      "provider.partner.issuer", partner.issuer()
    };
    Vestibule house =
        Houses.usual(
            Stream.concat(Arrays.stream(both), Arrays.stream(more)).toArray(String[]::new));
    assertThat(house.configuration().isUsable())
        .as(house.configuration().problems().toString())
        .isTrue();
    return new Visitor(house);
  }

  private static boolean isAt(AuthorizationServer server, MockHttpServletResponse response) {
    return String.valueOf(response.getHeader("Location"))
        .startsWith(server.url(Endpoint.AUTHORIZATION) + "?");
  }

  private static Parameters request(MockHttpServletResponse redirection) {
    String location = String.valueOf(redirection.getHeader("Location"));
    return Parameters.parse(location.substring(location.indexOf('?') + 1));
  }

  private static String html(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  private static boolean isServed(MockHttpServletResponse response) {
    return html(response).equals(Visitor.APPLICATION);
  }

  // By path

  private static Visitor byPath() {
    return visitor("choose-by", "path", "provider.partner.paths", "/partner/*");
  }

  @Test
  void a_path_is_for_the_users_of_its_provider() {
    Visitor visitor = byPath();

    assertThat(isAt(corp, visitor.get("/orders"))).isTrue();
    assertThat(isAt(partner, visitor.get("/partner/orders"))).isTrue();
  }

  @Test
  void a_session_of_another_provider_does_not_do_there() {
    Visitor visitor = byPath();
    visitor.signIn("/orders");

    MockHttpServletResponse sent = visitor.get("/partner/orders");
    assertThat(isAt(partner, sent)).isTrue();
    assertThat(isServed(visitor.follow(visitor.goTo(visitor.atProvider(sent))))).isTrue();
    assertThat(isServed(visitor.get("/orders"))).as("where anybody signs in").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/partner/orders",
        "/app/partner",
        "/app/p%61rtner/x",
        "/app/partner/x?a=b",
        "/app/partner/#a"
      })
  void the_page_that_a_login_leads_to_decides(String page) {
    assertThat(isAt(partner, byPath().get("/oauth/login?return=" + Parameters.encode(page))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app/orders", "/app/partners", "https://evil.example/app/partner/x"})
  void another_page_is_for_the_default(String page) {
    assertThat(isAt(corp, byPath().get("/oauth/login?return=" + Parameters.encode(page)))).isTrue();
  }

  @Test
  void a_link_that_names_a_provider_is_followed() {
    assertThat(isAt(corp, byPath().get("/oauth/login?provider=corp&return=/app/partner/orders")))
        .isTrue();
  }

  // By host

  private static MockHttpServletRequest at(String host, String path) {
    MockHttpServletRequest request = Requests.get(path);
    request.setServerName(host);
    return request;
  }

  private static Visitor byHost() {
    return visitor(
        "choose-by", "host",
        "public-url", "https://portal.example.com",
        "provider.partner.hosts", "partner.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"partner.example.com", "PARTNER.example.com"})
  void a_host_has_its_provider_and_its_redirection_URI(String host) {
    MockHttpServletResponse sent = byHost().send(at(host, "/orders"));

    assertThat(sent.getHeader("Location")).startsWith(partner.url(Endpoint.AUTHORIZATION));
    assertThat(request(sent).get("redirect_uri"))
        .contains("https://partner.example.com/app/oauth/callback");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "portal.example.com",
        "evil.example",
        "partner.example.com.evil.example",
        "localhost"
      })
  void a_host_that_is_not_listed_becomes_no_redirection_URI(String host) {
    MockHttpServletResponse sent = byHost().send(at(host, "/orders"));

    assertThat(isAt(corp, sent)).isTrue();
    assertThat(request(sent).get("redirect_uri"))
        .contains("https://portal.example.com/app/oauth/callback");
  }

  @Test
  void a_session_of_another_host_does_not_do_there() {
    Visitor visitor = visitor("choose-by", "host", "provider.partner.hosts", "partner.localhost");
    visitor.signIn("/orders");

    assertThat(isServed(visitor.send(at("localhost", "/orders")))).isTrue();
    MockHttpServletResponse elsewhere = visitor.send(at("partner.localhost", "/orders"));
    assertThat(isAt(partner, elsewhere)).isTrue();
  }

  @Test
  void the_host_is_the_one_that_a_trusted_proxy_forwards() {
    Visitor visitor =
        visitor(
            "choose-by", "host",
            "trusted-proxies", "127.0.0.1",
            "provider.partner.hosts", "partner.example.com");
    MockHttpServletRequest request = at("backend", "/orders");
    request.setRemoteAddr("127.0.0.1");
    request.addHeader("Forwarded", "proto=https;host=partner.example.com");

    MockHttpServletResponse sent = visitor.send(request);
    assertThat(isAt(partner, sent)).isTrue();
    assertThat(request(sent).get("redirect_uri"))
        .contains("https://partner.example.com/app/oauth/callback");
  }

  /** As a proxy does that sets Host and a scheme, and lets pass what a browser sends. */
  @Test
  void a_forwarded_host_does_not_lead_around_the_host_that_the_application_is_told() {
    Visitor visitor =
        visitor(
            "choose-by", "host",
            "trusted-proxies", "127.0.0.1",
            "provider.partner.hosts", "partner.localhost");
    visitor.signIn("/orders");

    for (String forwarded : new String[] {"unknown.localhost", "localhost"}) {
      MockHttpServletRequest request = at("partner.localhost", "/orders");
      request.setRemoteAddr("127.0.0.1");
      request.addHeader("X-Forwarded-Proto", "http");
      request.addHeader("X-Forwarded-Host", forwarded);
      assertThat(isServed(visitor.send(request))).as(forwarded).isFalse();
    }
  }

  @Test
  void the_dot_that_may_end_a_name_changes_nothing() {
    Visitor visitor = visitor("choose-by", "host", "provider.partner.hosts", "partner.localhost");
    visitor.signIn("/orders");

    assertThat(isServed(visitor.send(at("partner.localhost.", "/orders")))).isFalse();
  }

  @Test
  void a_forwarded_host_that_is_not_listed_becomes_no_redirection_URI() {
    Visitor visitor =
        visitor(
            "choose-by", "host",
            "trusted-proxies", "127.0.0.1",
            "provider.partner.hosts", "partner.example.com");
    MockHttpServletRequest request = at("backend", "/orders");
    request.setRemoteAddr("127.0.0.1");
    request.addHeader("Forwarded", "proto=https;host=evil.example");

    assertThat(visitor.send(request).getStatus()).isEqualTo(400);
  }

  @Test
  void a_port_and_a_short_name_stay_what_they_are() {
    Visitor visitor =
        visitor(
            "choose-by", "host",
            "public-url", "https://p:8443",
            "provider.partner.hosts", "partner.example.com");

    assertThat(request(visitor.send(at("partner.example.com", "/orders"))).get("redirect_uri"))
        .contains("https://partner.example.com:8443/app/oauth/callback");
  }

  @Test
  void a_public_page_of_another_host_knows_nobody() {
    Visitor visitor =
        visitor(
            "choose-by", "host",
            "public-paths", "/about",
            "provider.partner.hosts", "partner.localhost");
    visitor.signIn("/orders");

    visitor.send(at("localhost", "/about"));
    assertThat(visitor.lastServed().getRemoteUser()).isEqualTo("j.doe");
    visitor.send(at("partner.localhost", "/about"));
    assertThat(visitor.lastServed().getRemoteUser()).isNull();
    assertThat(provider(visitor)).as("the session goes on").isEqualTo("corp");
  }

  // By header

  private static MockHttpServletRequest of(String tenant, String path) {
    MockHttpServletRequest request = Requests.get(path);
    request.addHeader("X-Tenant", tenant);
    return request;
  }

  private static Visitor byHeader() {
    return visitor("choose-by", "header", "choose-header", "X-Tenant");
  }

  @Test
  void a_header_names_the_provider() {
    assertThat(isAt(partner, byHeader().send(of("partner", "/orders")))).isTrue();
    assertThat(isAt(corp, byHeader().send(of("corp", "/orders")))).isTrue();
    assertThat(isAt(corp, byHeader().get("/orders"))).isTrue();
    assertThat(isAt(partner, byHeader().send(of("partner", "/oauth/login")))).isTrue();
  }

  @Test
  void two_values_of_the_header_are_for_nobody() {
    Visitor visitor = byHeader();
    visitor.signIn("/orders");
    MockHttpServletRequest request = of("corp", "/orders");
    request.addHeader("X-Tenant", "partner");

    assertThat(visitor.send(request).getStatus()).isEqualTo(404);
  }

  @Test
  void a_session_of_another_provider_does_not_do_with_the_header() {
    Visitor visitor = byHeader();
    visitor.signIn("/orders");

    assertThat(isServed(visitor.send(of("corp", "/orders")))).isTrue();
    assertThat(isAt(partner, visitor.send(of("partner", "/orders")))).isTrue();
  }

  @Test
  @Provokes(refusal = Refusal.PROVIDER_UNKNOWN)
  void a_header_that_names_nobody_is_for_nobody() {
    Visitor visitor = byHeader();
    visitor.signIn("/orders");

    assertThat(visitor.send(of("evil", "/orders")).getStatus()).isEqualTo(404);
    assertReported(Refusal.PROVIDER_UNKNOWN, logs.text());
  }

  // By e-mail domain

  private static Visitor byEmail(String... more) {
    String[] domains = {
      "choose-by", "email-domain",
      "provider.corp.email-domains", "corp.example",
      "provider.partner.email-domains", "partner.example"
    };
    return visitor(
        Stream.concat(Arrays.stream(domains), Arrays.stream(more)).toArray(String[]::new));
  }

  private static MockHttpServletResponse answer(Visitor visitor, String email, String query) {
    MockHttpServletRequest request = Requests.navigation("POST", "/oauth/login" + query);
    request.setContentType("application/x-www-form-urlencoded");
    request.setContent(("email=" + Parameters.encode(email)).getBytes(UTF_8));
    return visitor.send(request);
  }

  @Test
  void a_stranger_is_asked_for_an_address_and_sent_to_the_provider_of_its_domain() {
    Visitor visitor = byEmail();
    MockHttpServletResponse page = visitor.follow(visitor.get("/orders?id=7"));

    assertThat(page.getStatus()).isEqualTo(200);
    assertThat(html(page))
        .contains("action=\"/app/oauth/login?return=%2Fapp%2Forders%3Fid%3D7\"")
        .contains("name=\"email\"");
    MockHttpServletResponse sent =
        answer(visitor, " jane@Partner.example ", "?return=%2Fapp%2Forders%3Fid%3D7");
    assertThat(sent.getStatus()).isEqualTo(303);
    assertThat(isAt(partner, sent)).isTrue();
    assertThat(request(sent).get("login_hint")).contains("jane@Partner.example");
    MockHttpServletResponse back = visitor.goTo(visitor.atProvider(sent));
    assertThat(back.getHeader("Location")).isEqualTo("/app/orders?id=7");
  }

  @Test
  void browsers_let_the_form_lead_to_the_providers() {
    Visitor visitor = byEmail("provider.partner.issuer", "https://partner.example.com");

    assertThat(visitor.get("/oauth/login").getHeader("Content-Security-Policy"))
        .endsWith(
            "; form-action 'self' https: "
                + corp.issuer().replaceFirst("(https?://[^/]+).*", "$1")
                + "; base-uri 'none'; frame-ancestors 'none'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jane@other.example", "jane", "", "jane@corp.example\n"})
  void whoever_belongs_nowhere_is_asked_again(String email) {
    MockHttpServletResponse again = answer(byEmail(), email, "?return=%2Fapp%2Forders");

    if (email.isBlank() || !email.endsWith("\n")) {
      assertThat(again.getStatus()).isEqualTo(400);
      assertThat(html(again))
          .contains("We do not know this e-mail address", "return=%2Fapp%2Forders\"");
    } else {
      assertThat(isAt(corp, again)).as("a line end at the end is none of the address").isTrue();
    }
  }

  @Test
  void a_default_that_was_chosen_signs_in_everybody_else() {
    MockHttpServletResponse sent =
        answer(byEmail("default-provider", "partner"), "jane@other.example", "");

    assertThat(isAt(partner, sent)).isTrue();
    assertThat(request(sent).get("login_hint")).contains("jane@other.example");
    assertThat(answer(byEmail("default-provider", "partner"), "jane", "").getStatus())
        .as("what is no address")
        .isEqualTo(400);
  }

  @Test
  void the_page_keeps_what_kind_of_login_it_is_to_be() {
    assertThat(html(byEmail().get("/oauth/login?return=%2Fapp%2Fx&acr_values=gold&max_age=60")))
        .contains("return=%2Fapp%2Fx&amp;acr_values=gold&amp;max_age=60\"");
  }

  @Test
  void without_that_page_a_form_starts_no_login() {
    assertThat(answer(visitor(), "jane@corp.example", "").getStatus()).isEqualTo(405);
  }

  // Links that say more

  @ParameterizedTest
  @CsvSource({
    "/orders?kc_idp_hint=google&id=7, google",
    "/oauth/login?kc_idp_hint=google, google",
    "/oauth/login?return=%2Fapp%2Fx%3Fkc_idp_hint%3Dgoogle%23top, google",
    "/oauth/login?kc_idp_hint=a%26state%3Db, a&state=b",
    "/oauth/login?kc_idp_hint=github&return=%2Fapp%2Fx%3Fkc_idp_hint%3Dgoogle, github"
  })
  void a_link_may_set_what_the_settings_let_it(String link, String value) {
    MockHttpServletResponse sent =
        visitor("provider.corp.forward-parameters", "kc_idp_hint,prompt").get(link);

    assertThat(request(sent).get("kc_idp_hint")).contains(value);
    assertThat(request(sent).firstRepeated(request(sent).names())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other=1",
        "kc_idp_hint=",
        "kc_idp_hint=a&kc_idp_hint=b",
        "kc_idp_hint=%0a",
        "kc_idp_hint=%zz",
        "prompt=none",
        "prompt=login+none",
        "display=popup"
      })
  void it_sets_nothing_else(String query) {
    MockHttpServletResponse sent =
        visitor(
                "provider.corp.forward-parameters", "kc_idp_hint,prompt,display",
                "provider.corp.authorization-parameters", "display=page")
            .get("/oauth/login?" + query);

    assertThat(request(sent).names()).doesNotContain("other", "kc_idp_hint", "prompt");
    assertThat(request(sent).get("display")).contains("page");
  }

  @Test
  void a_long_value_is_not_passed_on() {
    Visitor visitor = visitor("forward-parameters", "login_hint");

    assertThat(request(visitor.get("/oauth/login?login_hint=" + "a".repeat(256))).names())
        .contains("login_hint");
    assertThat(request(visitor.get("/oauth/login?login_hint=" + "a".repeat(257))).names())
        .doesNotContain("login_hint");
  }

  @Test
  void where_the_user_chooses_the_links_keep_it() {
    assertThat(
            html(
                visitor("choose-by", "page", "forward-parameters", "kc_idp_hint")
                    .get("/oauth/login?kc_idp_hint=google&acr_values=gold&other=1")))
        .contains(
            "?return=%2Fapp%2F&amp;provider=partner&amp;acr_values=gold&amp;kc_idp_hint=google\"")
        .doesNotContain("other");
  }

  // A second provider

  @Test
  void a_second_login_replaces_the_first() {
    Visitor visitor = visitor();
    visitor.signIn("/orders");

    assertThat(provider(visitor)).isEqualTo("corp");
    visitor.goTo(visitor.atProvider(visitor.get("/oauth/login?provider=partner")));
    assertThat(provider(visitor)).isEqualTo("partner");
  }

  private static String provider(Visitor visitor) {
    return html(visitor.get("/oauth/session")).replaceFirst(".*\"provider\":\"([^\"]+)\".*", "$1");
  }

  @Test
  @Provokes(refusal = Refusal.SECOND_PROVIDER)
  void or_it_is_refused_until_the_user_has_signed_out() {
    Visitor visitor = visitor("second-provider", "refuse");
    visitor.signIn("/orders");

    MockHttpServletResponse refused = visitor.get("/oauth/login?provider=partner");
    assertThat(refused.getStatus()).isEqualTo(403);
    assertThat(html(refused)).contains("You are signed in already", "href=\"/app/oauth/logout\"");
    assertThat(isAt(corp, visitor.get("/oauth/login?provider=corp")))
        .as("the same provider may be asked again")
        .isTrue();
    assertReported(Refusal.SECOND_PROVIDER, logs.text());
  }

  @Test
  void a_login_that_was_begun_before_is_refused_without_redeeming_its_code() {
    Visitor visitor = visitor("second-provider", "refuse");
    String callback = visitor.atProvider(visitor.get("/oauth/login?provider=partner"));
    visitor.signIn("/orders");
    int redeemed = partner.requests(Endpoint.TOKEN).size();

    assertThat(visitor.goTo(callback).getStatus()).isEqualTo(403);
    assertThat(provider(visitor)).isEqualTo("corp");
    assertThat(partner.requests(Endpoint.TOKEN)).hasSize(redeemed);
  }
}
