package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class ChooserTest {

  private static final String[] SEVERAL = {
    "providers", "corp,plain",
    "default-provider", "corp",
    "choose-by", "page",
    "provider.corp.display-name", "Corporation <b>& Sons</b>",
    "provider.corp.discovery", "off",
    "provider.corp.scope", "read",
    "provider.corp.authorization-endpoint", "https://corp.example.com/authorize",
    "provider.corp.token-endpoint", "https://corp.example.com/token",
    "provider.plain.discovery", "off",
    "provider.plain.scope", "read",
    "provider.plain.authorization-endpoint", "https://plain.example.com/authorize",
    "provider.plain.token-endpoint", "https://plain.example.com/token",
    "public-url", "https://portal.example.com"
  };

  private static Visitor visitor(String... more) {
    String[] all = java.util.Arrays.copyOf(SEVERAL, SEVERAL.length + more.length);
    System.arraycopy(more, 0, all, SEVERAL.length, more.length);
    return new Visitor(Houses.usual(all));
  }

  private static String html(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  @Test
  void whoever_has_to_sign_in_is_asked_where() {
    Visitor visitor = visitor();
    MockHttpServletResponse sent = visitor.get("/orders?id=7&x=%C3%A4");

    assertThat(sent.getStatus()).isEqualTo(302);
    assertThat(sent.getHeader("Location"))
        .isEqualTo("/app/oauth/login?return=%2Fapp%2Forders%3Fid%3D7%26x%3D%25C3%25A4");
    MockHttpServletResponse page = visitor.follow(sent);
    assertThat(page.getStatus()).isEqualTo(200);
    assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(html(page))
        .contains("<h1>Choose how to sign in</h1>")
        .contains(">Corporation &lt;b&gt;&amp; Sons&lt;/b&gt;<", ">plain<")
        .contains(
            "href=\"/app/oauth/login?return=%2Fapp%2Forders%3Fid%3D7%26x%3D%25C3%25A4"
                + "&amp;provider=plain\"");
    assertThat(visitor.cookies()).isEmpty();
  }

  @Test
  void a_link_that_names_the_provider_is_followed() {
    assertThat(
            visitor().get("/oauth/login?provider=plain&return=/app/orders").getHeader("Location"))
        .startsWith("https://plain.example.com/authorize?");
  }

  @Test
  void a_page_elsewhere_is_not_where_it_leads() {
    assertThat(html(visitor().get("/oauth/login?return=https://evil.example/")))
        .contains("login?return=%2Fapp%2F&amp;provider=plain\"")
        .doesNotContain("evil");
  }

  @Test
  void without_the_setting_the_default_is_taken() {
    assertThat(visitor("choose-by", "default").get("/orders").getHeader("Location"))
        .startsWith("https://corp.example.com/authorize?");
  }

  @Test
  void where_there_is_one_provider_nobody_is_asked() {
    assertThat(
            visitor("providers", "plain", "default-provider", "plain")
                .get("/orders")
                .getHeader("Location"))
        .startsWith("https://plain.example.com/authorize?");
  }

  @Test
  void a_script_is_told_where_the_page_is() throws Exception {
    assertThat(visitor().send(Requests.fetch("/orders")).getContentAsString())
        .contains("\"login_url\":\"/app/oauth/login\"");
  }

  @Test
  void the_application_can_ask_in_its_own_way() {
    assertThat(visitor("chooser-page", "/choose").get("/oauth/login").getForwardedUrl())
        .isEqualTo("/choose");
  }
}
