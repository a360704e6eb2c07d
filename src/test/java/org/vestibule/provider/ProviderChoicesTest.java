package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class ProviderChoicesTest {

  private static Configuration byPath(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            least(
                "oauth.providers", "corp,partner",
                "oauth.choose-by", "path",
                "oauth.provider.partner.paths", "/partner/*"));
    settings.putAll(Configurations.properties(more));
    return read(settings);
  }

  private static AccessRule rule(Configuration configuration, String pattern) {
    return configuration.accessRules().stream()
        .filter(rule -> rule.pattern().equals(pattern))
        .findFirst()
        .orElseThrow(() -> new AssertionError(configuration.problems()));
  }

  @Test
  void the_paths_of_a_provider_are_for_its_users() {
    Configuration configuration = byPath();

    assertThat(configuration.problems()).isEmpty();
    assertThat(configuration.accessRules()).hasSize(1);
    assertThat(rule(configuration, "/partner/*").provider()).contains("partner");
  }

  @Test
  void they_are_nothing_where_something_else_decides() {
    Configuration configuration = byPath("oauth.choose-by", "default");

    assertThat(mistakes(configuration)).containsExactly(Mistake.CHOICE_UNUSED);
    assertThat(configuration.accessRules()).isEmpty();
  }

  @Test
  void a_rule_within_them_is_for_its_users_too() {
    AccessRule rule =
        rule(
            byPath(
                "oauth.paths.1.pattern", "/partner/admin/*",
                "oauth.paths.1.roles", "admin"),
            "/partner/admin/*");

    assertThat(rule.provider()).contains("partner");
    assertThat(rule.roles()).containsExactly("admin");
    assertThat(rule.number()).isEqualTo(1);
  }

  @Test
  void they_take_along_what_a_wider_rule_asks_for() {
    Configuration configuration =
        byPath(
            "oauth.paths.1.pattern", "/*",
            "oauth.paths.1.roles", "staff");

    assertThat(rule(configuration, "/partner/*").roles()).containsExactly("staff");
    assertThat(rule(configuration, "/partner/*").provider()).contains("partner");
    assertThat(rule(configuration, "/*").provider()).isEmpty();
  }

  @Test
  void a_rule_within_them_that_names_a_provider_goes_before() {
    Configuration configuration =
        byPath(
            "oauth.paths.1.pattern", "/partner/staff/*",
            "oauth.paths.1.provider", "corp",
            "oauth.provider.partner.paths", "/partner/*,/partner/staff/shared/*");

    assertThat(rule(configuration, "/partner/staff/*").provider()).contains("corp");
    assertThat(rule(configuration, "/partner/staff/shared/*").provider()).contains("partner");
  }

  @Test
  void the_most_specific_path_counts() {
    Configuration configuration =
        byPath(
            "oauth.provider.corp.paths", "/*,/partner/us",
            "oauth.paths.1.pattern", "/partner/us",
            "oauth.paths.1.roles", "staff",
            "oauth.paths.2.pattern", "/partner/them",
            "oauth.paths.2.roles", "staff");

    assertThat(rule(configuration, "/partner/us").provider()).contains("corp");
    assertThat(rule(configuration, "/partner/them").provider()).contains("partner");
  }

  @ParameterizedTest
  @CsvSource({
    "path, paths, /a/*",
    "host, hosts, a.example.com",
    "email-domain, email-domains, a.example.com"
  })
  void two_providers_cannot_be_taken_for_the_same(String by, String setting, String value) {
    Configuration configuration =
        read(
            least(
                "oauth.providers",
                "corp,partner",
                "oauth.choose-by",
                by,
                "oauth.provider.corp." + setting,
                value,
                "oauth.provider.partner." + setting,
                value));

    assertThat(configuration.problems())
        .singleElement()
        .hasToString(
            "VEST3041 oauth.provider.partner."
                + setting
                + ": two providers are taken for the same path, host or e-mail domain ("
                + value
                + "). Name it with one of them.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "host", "email-domain"})
  void something_has_to_decide(String by) {
    assertThat(mistakes(read(least("oauth.providers", "corp,partner", "oauth.choose-by", by))))
        .containsExactly(Mistake.CHOICE_IMPOSSIBLE);
  }

  @Test
  void a_header_has_to_have_a_name() {
    assertThat(mistakes(read(least("oauth.providers", "a,b", "oauth.choose-by", "header"))))
        .containsExactly(Mistake.MISSING);
    assertThat(
            read(least(
                    "oauth.providers", "a,b",
                    "oauth.choose-by", "header",
                    "oauth.choose-header", "X-Tenant"))
                .application()
                .choosing()
                .header())
        .contains("X-Tenant");
  }

  @Test
  void hosts_need_a_redirection_URI_that_can_be_theirs() {
    assertThat(
            mistakes(
                read(
                    least(
                        "oauth.providers", "corp,partner",
                        "oauth.choose-by", "host",
                        "oauth.provider.partner.hosts", "partner.example.com",
                        "oauth.redirect-uri", "https://portal.example.com/oauth/callback"))))
        .containsExactly(Mistake.CHOICE_IMPOSSIBLE);
  }

  @Test
  void hosts_are_compared_without_regard_to_case() {
    ProviderSettings corp =
        read(least(
                "oauth.providers", "corp,partner",
                "oauth.choose-by", "host",
                "oauth.provider.corp.hosts", "Portal.Example.com,portal2"))
            .provider("corp")
            .orElseThrow();

    assertThat(corp.taken().hosts()).containsExactly("portal.example.com", "portal2");
  }

  @Test
  void parameters_that_links_may_set_are_named() {
    assertThat(
            Configurations.provider(
                    least("oauth.forward-parameters", "kc_idp_hint, login_hint,prompt"))
                .request()
                .forwardParameters())
        .isEqualTo(Set.of("kc_idp_hint", "login_hint", "prompt"));
  }

  private static Optional<String> logo(Path file) {
    Configuration configuration = read(least("oauth.logo-file", file.toString()));
    List<Mistake> mistakes = mistakes(configuration);
    return mistakes.isEmpty()
        ? Configurations.provider(configuration).taken().logo()
        : Optional.of(mistakes.toString());
  }

  @Test
  void a_logo_is_a_picture_that_cannot_run_anything(@TempDir Path folder) throws IOException {
    String svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    String drawn = "<!-- Generator: a program -->\n" + svg.substring(svg.indexOf("<svg"));
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

    assertThat(logo(Files.writeString(folder.resolve("a.svg"), svg)))
        .get()
        .asString()
        .startsWith("data:image/svg+xml;base64,PD94bWwg");
    assertThat(logo(Files.writeString(folder.resolve("b.svg"), drawn)))
        .get()
        .asString()
        .startsWith("data:image/svg+xml;base64,PCEtLSBH");
    assertThat(logo(Files.write(folder.resolve("a.png"), png)))
        .contains("data:image/png;base64,iVBORw0KGgoA");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GIF89a",
        "<html><svg/></html>",
        "<script>alert(1)</script><svg/>",
        "<?xml version=\"1.0\"?><html/>"
      })
  void what_is_no_logo_is_not_shown(String content, @TempDir Path folder) throws IOException {
    assertThat(logo(Files.writeString(folder.resolve("logo"), content)))
        .contains(List.of(Mistake.LOGO_UNUSABLE).toString());
  }

  @Test
  void a_logo_has_32_kilobytes_at_most(@TempDir Path folder) throws IOException {
    String svg = "<svg>" + " ".repeat(32 * 1024 - 11) + "</svg>";

    assertThat(logo(Files.writeString(folder.resolve("a.svg"), svg)))
        .get()
        .asString()
        .contains("data:");
    assertThat(logo(Files.writeString(folder.resolve("b.svg"), svg + " ")))
        .contains(List.of(Mistake.LOGO_UNUSABLE).toString());
  }
}
