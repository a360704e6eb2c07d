package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.read;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.provider.ApplicationSettings.ChooseBy;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class ApplicationSettingsReaderTest {

  private static ApplicationSettings settings(String... keysAndValues) {
    Configuration configuration = read(least(keysAndValues));
    assertThat(configuration.problems()).isEmpty();
    return configuration.application();
  }

  @Test
  void without_further_settings_everything_is_at_its_safe_default() {
    assertThat(settings())
        .isEqualTo(
            new ApplicationSettings(
                new ApplicationSettings.Paths(
                    List.of("/*"),
                    List.of(),
                    "/oauth/callback",
                    "/oauth/login",
                    "/oauth/logout",
                    "/oauth/session",
                    List.of()),
                new ApplicationSettings.Browser(
                    Optional.empty(),
                    List.of(),
                    "{public-url}{context-path}{callback-path}",
                    Duration.ofMinutes(10),
                    8,
                    "vestibule"),
                new ApplicationSettings.Choosing(ChooseBy.DEFAULT, Optional.empty(), false, false),
                Map.of(),
                new ApplicationSettings.Manners(65_536, false, false),
                new ApplicationSettings.Session(
                    Duration.ofHours(12),
                    Optional.empty(),
                    524_288,
                    false,
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty()),
                new ApplicationSettings.Cluster(Optional.empty(), Optional.empty()),
                new ApplicationSettings.Operations(
                    Duration.ofSeconds(30),
                    ApplicationSettings.DoctorAccess.OFF,
                    Optional.empty())));
  }

  @Test
  void nodes_meet_in_one_place() {
    assertThat(settings("oauth.cluster-cache", "payara/CacheManager").cluster().cache())
        .contains("payara/CacheManager");
    assertThat(settings("oauth.cluster-data-source", "jdbc/sessions").cluster().dataSource())
        .contains("jdbc/sessions");
    assertThat(
            Configurations.read(
                    Configurations.least(
                        "oauth.cluster-cache",
                        "payara/CacheManager",
                        "oauth.cluster-data-source",
                        "jdbc/sessions"))
                .problems())
        .anyMatch(
            problem ->
                problem.isError()
                    && problem.key().equals("oauth.cluster-data-source")
                    && problem.detail().contains("cluster-cache"));
  }

  @Test
  void nobody_looks_at_the_settings_again_where_the_interval_is_zero() {
    assertThat(settings("oauth.reload-interval", "PT0S").operations().reloadInterval()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "https://portal.example.com, https://portal.example.com",
    "https://portal.example.com/, https://portal.example.com",
    "https://portal.example.com:8443, https://portal.example.com:8443",
    "http://localhost:9080, http://localhost:9080"
  })
  void a_public_url_is_an_origin(String text, String origin) {
    assertThat(settings("oauth.public-url", text).browser().publicUrl()).contains(origin);
  }

  /** CF-09: the cookies of form_post are SameSite=None, which browsers take over https alone. */
  @Test
  void form_post_over_http_is_an_error_but_for_loopback() {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.response-mode", "form_post",
                        "oauth.public-url", "http://portal.example.com"))))
        .containsExactly(Mistake.NOT_HTTPS);
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.response-mode", "form_post",
                        "oauth.redirect-uri", "http://portal.example.com/app/oauth/callback"))))
        .containsExactly(Mistake.NOT_HTTPS);
    assertThat(
            read(least(
                    "oauth.response-mode", "form_post",
                    "oauth.public-url", "http://localhost:9080"))
                .problems())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{public-url}{context-path}{callback-path}",
        "https://portal.example.com/app/oauth/callback",
        "https://portal.example.com{context-path}{callback-path}",
        "{public-url}/app/oauth/callback",
        "http://localhost:9080/app/oauth/callback",
        "{public-url}{context-path}{callback-path}?tenant=1"
      })
  void a_redirection_uri_can_be_written_out_or_made_from_its_parts(String template) {
    assertThat(
            settings(
                    "oauth.redirect-uri",
                    template,
                    "oauth.public-url",
                    "https://portal.example.com")
                .browser()
                .redirectUri())
        .isEqualTo(template);
  }

  @Test
  void a_callback_that_was_moved_has_to_be_moved_in_both_settings() {
    assertThat(mistakes(read(least("oauth.redirect-uri", "https://portal.example.com/redirect"))))
        .containsExactly(Mistake.CALLBACK_ELSEWHERE);
    settings(
        "oauth.redirect-uri", "https://portal.example.com/redirect",
        "oauth.callback-path", "/redirect");
  }

  @Test
  void the_session_and_the_pages_are_read() {
    ApplicationSettings settings =
        settings(
            "oauth.session-maximum", "P1D",
            "oauth.session-idle", "PT15M",
            "oauth.login-timeout", "PT1H",
            "oauth.maximum-pending-logins", "20",
            "oauth.cookie-prefix", "portal_1",
            "oauth.session-expired", "page",
            "oauth.renewal", "silent",
            "oauth.choose-by", "page",
            "oauth.error-page", "/sorry.html",
            "oauth.logged-out-page", "/",
            "oauth.preserve-post-size", "0",
            "oauth.cookie-partitioned", "on",
            "oauth.keep-fragment", "on");

    assertThat(settings.manners()).isEqualTo(new ApplicationSettings.Manners(0, true, true));
    assertThat(settings.session().maximum()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.session().idle()).contains(Duration.ofMinutes(15));
    assertThat(settings.session().expiredOnPage()).isTrue();
    assertThat(settings.session().silentRenewal()).isTrue();
    assertThat(settings.choosing().by()).isEqualTo(ChooseBy.PAGE);
    assertThat(settings.browser())
        .isEqualTo(
            new ApplicationSettings.Browser(
                Optional.empty(),
                List.of(),
                "{public-url}{context-path}{callback-path}",
                Duration.ofHours(1),
                20,
                "portal_1"));
    assertThat(settings.pages())
        .isEqualTo(Map.of(Setting.ERROR_PAGE, "/sorry.html", Setting.LOGGED_OUT_PAGE, "/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/*",
        "goodbye",
        "/goodbye/",
        "/a/../b",
        "/goodbye?x=1",
        "https://evil.example/",
        "//evil.example",
        "/WEB-INF/page.jsp x",
        "/oauth/login",
        "/oauth/logged-out"
      })
  void a_page_that_is_none_of_the_applications_is_a_mistake(String path) {
    for (Setting setting : Setting.Group.PAGES.settings()) {
      Configuration configuration = read(least(Setting.PREFIX + setting.key(), path));

      assertThat(mistakes(configuration)).containsExactly(Mistake.MALFORMED);
      assertThat(configuration.application().pages()).isEmpty();
    }
  }

  @Test
  void a_page_can_be_where_no_browser_gets_by_itself() {
    assertThat(settings("oauth.error-page", "/WEB-INF/pages/error.jsp").pages())
        .containsEntry(Setting.ERROR_PAGE, "/WEB-INF/pages/error.jsp");
  }

  @Test
  void the_provider_of_a_developers_machine_is_warned_of_in_public() {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.issuer", "http://localhost:9080/oidc",
                        "oauth.public-url", "https://portal.example.com"))))
        .containsExactly(Mistake.LOOPBACK_PROVIDER);
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.issuer", "http://localhost:9080/oidc",
                        "oauth.authorization-endpoint", "https://server.example.com/authorize",
                        "oauth.public-url", "https://portal.example.com"))))
        .isEmpty();
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.issuer", "http://localhost:9080/oidc",
                        "oauth.public-url", "http://127.0.0.1:9080"))))
        .isEmpty();
  }
}
