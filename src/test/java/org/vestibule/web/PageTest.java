package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class PageTest {

  private static final String EVIL = "'\"><script>alert(1)</script>&amp;</title></style>";

  private static Page page(String key) {
    return Page.of(key, Requests.get("/"));
  }

  private static MockHttpServletResponse written(Page page) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      page.write(response, 200);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return response;
  }

  private static String html(Page page) {
    return new String(written(page).getContentAsByteArray(), UTF_8);
  }

  private static String policy(Page page) {
    return String.valueOf(written(page).getHeader("Content-Security-Policy"));
  }

  @Test
  void a_page_says_what_it_is_about() {
    assertThat(html(page("loggedout")))
        .startsWith("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">")
        .contains("<title>You have signed out</title>")
        .contains("<main><h1>You have signed out</h1>")
        .contains("<meta charset=\"utf-8\">")
        .contains("width=device-width");
  }

  @Test
  void a_page_is_in_the_users_language() {
    MockHttpServletRequest request = Requests.get("/");
    request.addPreferredLocale(Locale.JAPAN);
    MockHttpServletResponse response = written(Page.of("loggedout", request));

    assertThat(new String(response.getContentAsByteArray(), UTF_8))
        .contains("<html lang=\"ja\" dir=\"ltr\">")
        .contains("サインアウトしました");
    assertThat(response.getContentType()).isEqualTo("text/html;charset=UTF-8");
    assertThat(response.getHeader("Content-Language")).isEqualTo("ja");
  }

  @Test
  void the_policy_allows_the_style_that_is_there_and_no_other() throws Exception {
    Matcher style =
        Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(html(page("logout")));
    assertThat(style.find()).isTrue();
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(UTF_8)));

    assertThat(policy(page("logout")))
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-"
                + hash
                + "'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  }

  @Test
  void a_page_has_nothing_that_runs_or_comes_from_elsewhere() {
    String html =
        html(
            page("logout")
                .withButton("action.retry", "/app/")
                .withLink("action.home", "/app/")
                .withForm("action.signout", "/app/oauth/logout", "csrf_token", "x")
                .withNote("note.correlation", "x"));

    assertThat(html)
        .doesNotContainPattern("<(script|img|link|iframe|object|embed|base|svg)")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContain("style=", "http:", "https:", "url(", "@import");
  }

  @Test
  void the_provider_may_be_the_target_of_a_form() {
    assertThat(policy(page("logout").withFormTargets("https://server.example.com")))
        .contains("; form-action 'self' https://server.example.com; ");
  }

  @Test
  void whatever_is_put_into_a_page_is_text() {
    String html =
        html(
            page("failed")
                .withButton("action.retry", EVIL)
                .withButtonInNewTab("action.newtab", EVIL)
                .withLink("action.home", EVIL)
                .withForm("action.signout", EVIL, EVIL, EVIL)
                .withNote("note.correlation", EVIL));

    assertThat(html).doesNotContain("<script", "&amp;<", "</title></style>");
    assertThat(html.split(Pattern.quote(Page.escape(EVIL)), -1)).hasSize(8);
    assertThat(html).containsOnlyOnce("</title>").containsOnlyOnce("</style>");
  }

  @ParameterizedTest
  @CsvSource({"&,&amp;", "<,&lt;", ">,&gt;", "'\"',&quot;", "'''',&#39;", "a,a", "é,é", "😀,😀"})
  void what_means_something_in_HTML_is_escaped(String text, String html) {
    assertThat(Page.escape(text)).isEqualTo(html);
  }

  @Test
  void the_note_shows_its_value() {
    assertThat(html(page("failed").withNote("note.correlation", "k9Zt4")))
        .contains("please give this reference: <code dir=\"ltr\">k9Zt4</code>");
  }

  @Test
  void a_value_is_no_pattern() {
    assertThat(html(page("failed").withNote("note.correlation", "$0\\{0}%s")))
        .contains("<code dir=\"ltr\">$0\\{0}%s</code>");
  }

  private static Page.Choice choice(String location, String name) {
    return new Page.Choice(location, name, Optional.empty());
  }

  @Test
  void choices_are_a_list_of_links() {
    assertThat(
            html(
                page("chooser")
                    .withChoices(
                        List.of(
                            choice(
                                "/app/oauth/login?provider=corp&return=%2F", "Corporation & Sons"),
                            choice(EVIL, EVIL)))))
        .contains(
            "<ul><li><a class=\"button\" href=\"/app/oauth/login?provider=corp&amp;return=%2F\">"
                + "<span class=\"sign\" aria-hidden=\"true\">CS</span>"
                + "<bdi>Corporation &amp; Sons</bdi></a></li>")
        .doesNotContain("<script");
  }

  @Test
  void a_choice_may_have_a_picture_in_place_of_initials() {
    Page.Choice choice =
        new Page.Choice("/", "Corporation", Optional.of("data:image/png;base64,iVBORw0KGgo="));

    assertThat(html(page("chooser").withChoices(List.of(choice))))
        .contains("<img class=\"sign\" alt=\"\" src=\"data:image/png;base64,iVBORw0KGgo=\">")
        .doesNotContain("<span class=\"sign\"");
  }

  @ParameterizedTest
  @CsvSource({
    "corp, C",
    "Corporation Ltd., CL",
    "my company's accounts, MC",
    "'  \u00e9cole', \u00c9",
    "1&1, 11",
    "\uD842\uDFB7\u91CE\u5BB6, \uD842\uDFB7",
    "???, ''"
  })
  void initials_are_of_two_words_at_most(String name, String initials) {
    assertThat(html(page("chooser").withChoices(List.of(choice("/", name)))))
        .contains("aria-hidden=\"true\">" + initials + "</span>");
  }

  @Test
  void an_address_is_typed_into_a_field_that_has_a_label() {
    assertThat(html(page("email").withEmailForm("/app/oauth/login?return=%2F&x=1", "email")))
        .contains(
            "<form method=\"post\" action=\"/app/oauth/login?return=%2F&amp;x=1\">"
                + "<label for=\"email\">E-mail address</label><input id=\"email\"",
            " type=\"email\"", " autocomplete=\"username\"");
  }

  @Test
  void what_is_not_translated_is_marked_as_English() {
    MockHttpServletRequest request = Requests.get("/");
    request.addPreferredLocale(Locale.forLanguageTag("he"));

    assertThat(html(Page.of("loggedout", request).withNote("note.correlation", "k9Zt4")))
        .contains("<html lang=\"he\" dir=\"rtl\">", "<h1>יצאת מהמערכת</h1>")
        .contains("<span lang=\"en\" dir=\"ltr\">If you ask for help");
    assertThat(html(page("loggedout"))).doesNotContain("<span");
  }

  @Test
  void nothing_of_a_page_is_printed_with_it() {
    assertThat(page("logout").withForm("action.signout", "/", "csrf_token", "SplxlOBeZQQYbYS6"))
        .hasToString("Page[logout]");
  }

  @Test
  void a_form_posts_a_hidden_field() {
    assertThat(
            html(page("logout").withForm("action.signout", "/app/oauth/logout", "csrf_token", "x")))
        .contains(
            "<form method=\"post\" action=\"/app/oauth/logout\">"
                + "<input type=\"hidden\" name=\"csrf_token\" value=\"x\">"
                + "<button class=\"button\">Sign out</button></form>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "denied",
        "failed",
        "unavailable",
        "unconfigured",
        "rejected",
        "unknown",
        "silent",
        "error",
        "chooser",
        "expired",
        "logout",
        "loggedout",
        "preserved",
        "preservedother",
        "formlost",
        "formsent",
        "signedin"
      })
  void every_page_has_one_heading_in_its_main_landmark(String key) {
    assertThat(html(page(key))).containsOnlyOnce("<main>").containsOnlyOnce("<h1>");
  }

  @Test
  void a_page_has_the_status_and_the_headers_of_all_that_we_write() throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    page("unavailable").write(response, 503);

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @ParameterizedTest
  @CsvSource({
    "#1b1f24,#fff", "#57606a,#fff", "#1d4ed8,#fff", "#fff,#1d4ed8",
    "#e9edf2,#1b2027", "#a3adb8,#1b2027", "#9db8ff,#1b2027", "#0b1220,#9db8ff"
  })
  void everybody_can_read_it(String ink, String paper) {
    assertThat(html(page("failed"))).contains(ink, paper);
    assertThat(contrast(ink, paper)).isGreaterThan(4.5);
  }

  /** WCAG 2.2, contrast ratio. */
  private static double contrast(String one, String other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String colour) {
    String six = colour.length() == 4 ? colour.replaceAll("([0-9a-f])", "$1$1") : colour;
    int rgb = Integer.parseInt(six.substring(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double value = (channel & 0xff) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
