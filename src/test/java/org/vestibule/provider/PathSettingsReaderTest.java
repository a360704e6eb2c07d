package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.mistakes;
import static org.vestibule.provider.Configurations.read;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.provider.ConfigurationProblem.Mistake;

class PathSettingsReaderTest {

  private static ApplicationSettings.Paths paths(String... keysAndValues) {
    return read(least(keysAndValues)).application().paths();
  }

  @Test
  void patterns_are_pages_folders_and_the_root_page() {
    ApplicationSettings.Paths paths =
        paths(
            "oauth.protected-paths", "/account/*, /admin",
            "oauth.public-paths", "/,/about,/account/help/*");

    assertThat(paths.protectedPaths()).containsExactly("/account/*", "/admin");
    assertThat(paths.publicPaths()).containsExactly("/", "/about", "/account/help/*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {",", "/admin/**", "/account/*,/admin/**", "admin/*", "*.jsp", "/", "/admin/"})
  void where_a_protected_path_is_not_understood_everything_is_protected(String patterns) {
    Configuration configuration = read(least("oauth.protected-paths", patterns));

    assertThat(mistakes(configuration)).containsExactly(Mistake.MALFORMED);
    assertThat(configuration.application().paths().protectedPaths()).containsExactly("/*");
  }

  @Test
  void the_root_page_can_be_protected_beside_others() {
    assertThat(paths("oauth.protected-paths", "/,/account/*").protectedPaths())
        .containsExactly("/", "/account/*");
  }

  @ParameterizedTest
  @CsvSource({
    "/*, /*",
    "/account/*, /*",
    "/account/*, /account/*",
    "/app/account/*, /app/*",
    "/account, /account",
    "/account, /account/*",
    "/app/account, /app/*",
    "/, /",
    "/, /*"
  })
  void a_public_path_must_not_cover_a_protected_one(String protectedPath, String publicPath) {
    Configuration configuration =
        read(
            least(
                "oauth.protected-paths", protectedPath + ",/other",
                "oauth.public-paths", publicPath + ",/about"));

    assertThat(mistakes(configuration)).containsExactly(Mistake.EVERYTHING_PUBLIC);
    assertThat(configuration.application().paths().publicPaths()).containsExactly("/about");
  }

  @ParameterizedTest
  @CsvSource({
    "/*, /account/*",
    "/account/*, /accounts/*",
    "/account/*, /account",
    "/account/*, /",
    "/accounts, /account/*"
  })
  void a_public_path_may_be_an_exception(String protectedPath, String publicPath) {
    assertThat(
            read(least("oauth.protected-paths", protectedPath, "oauth.public-paths", publicPath))
                .problems())
        .isEmpty();
  }

  @Test
  void own_paths_can_be_moved() {
    ApplicationSettings.Paths paths =
        paths(
            "oauth.callback-path", "/redirect",
            "oauth.login-path", "/in",
            "oauth.logout-path", "/out",
            "oauth.session-path", "/me");

    assertThat(paths.callback()).isEqualTo("/redirect");
    assertThat(paths.login()).isEqualTo("/in");
    assertThat(paths.logout()).isEqualTo("/out");
    assertThat(paths.session()).isEqualTo("/me");
  }

  @Test
  void own_paths_can_be_exchanged_but_not_be_the_same() {
    assertThat(
            read(least("oauth.login-path", "/oauth/logout", "oauth.logout-path", "/oauth/login"))
                .problems())
        .isEmpty();
    assertThat(mistakes(read(least("oauth.login-path", "/x", "oauth.logout-path", "/x"))))
        .containsExactly(Mistake.PATHS_COLLIDE, Mistake.PATHS_COLLIDE);
  }
}
