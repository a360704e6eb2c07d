package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vestibule.provider.Setting.Group;

class SettingTest {

  /** A default that changes is a change for everybody: it has to be made here as well. */
  @Test
  void the_defaults_are_these() {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      if (!setting.defaultValue().isEmpty()) {
        defaults.put(setting.key(), setting.defaultValue());
      }
    }
    assertThat(defaults)
        .containsExactly(
            Map.entry("discovery", "auto"),
            Map.entry("client-authentication", "auto"),
            Map.entry("client-assertion-audience", "issuer"),
            Map.entry("scope", "openid profile email"),
            Map.entry("scope-separator", "space"),
            Map.entry("response-mode", "query"),
            Map.entry("callback-fragment", "keep"),
            Map.entry("pkce", "required"),
            Map.entry("claims-from", "id-token,userinfo"),
            Map.entry("id-token", "required"),
            Map.entry("subject-claim", "sub"),
            Map.entry("name-claim", "preferred_username,upn,email,name,sub"),
            Map.entry("roles-claim", "groups,realm_access/roles,resource_access/{client-id}/roles"),
            Map.entry("clock-skew", "PT30S"),
            Map.entry("allowed-algorithms", "RS256"),
            Map.entry("connect-timeout", "PT2S"),
            Map.entry("read-timeout", "PT5S"),
            Map.entry("maximum-response-size", "1048576"),
            Map.entry("metadata-refresh", "PT1H"),
            Map.entry("refresh", "auto"),
            Map.entry("refresh-lead", "PT60S"),
            Map.entry("refresh-grace", "PT30S"),
            Map.entry("logout-id-token-hint", "auto"),
            Map.entry("logout-redirect-parameter", "post_logout_redirect_uri"),
            Map.entry("session-maximum", "PT12H"),
            Map.entry("maximum-session-size", "524288"),
            Map.entry("container-identity", "off"),
            Map.entry("session-expired", "login"),
            Map.entry("renewal", "off"),
            Map.entry("protected-paths", "/*"),
            Map.entry("callback-path", "/oauth/callback"),
            Map.entry("login-path", "/oauth/login"),
            Map.entry("logout-path", "/oauth/logout"),
            Map.entry("session-path", "/oauth/session"),
            Map.entry("redirect-uri", "{public-url}{context-path}{callback-path}"),
            Map.entry("login-timeout", "PT10M"),
            Map.entry("maximum-pending-logins", "8"),
            Map.entry("preserve-post-size", "65536"),
            Map.entry("cookie-partitioned", "off"),
            Map.entry("keep-fragment", "off"),
            Map.entry("cookie-prefix", "vestibule"),
            Map.entry("choose-by", "default"),
            Map.entry("second-provider", "replace"),
            Map.entry("reload-interval", "PT30S"),
            Map.entry("doctor", "off"));
  }

  @Test
  void each_group_is_one_run_of_the_table() {
    assertThat(Arrays.stream(Group.values()).flatMap(group -> group.settings().stream()))
        .containsExactly(Setting.values());
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void a_setting_is_found_by_its_key_and_described_in_sentences(Setting setting) {
    assertThat(setting.key()).matches("[a-z]+(-[a-z]+)*");
    assertThat(Setting.of(setting.key())).isEqualTo(Optional.of(setting));
    assertThat(setting.description()).matches("[A-Za-z].*\\.").doesNotContain("  ", "|");
  }

  @Test
  void no_two_keys_are_the_same_in_the_environment() {
    TreeSet<String> names = new TreeSet<>();
    for (Setting setting : Setting.values()) {
      assertThat(names.add(KnownKeys.inEnvironment(Setting.PREFIX + setting.key()))).isTrue();
    }
    assertThat(names).noneMatch(name -> name.startsWith("OAUTH_PROVIDER_"));
  }
}
