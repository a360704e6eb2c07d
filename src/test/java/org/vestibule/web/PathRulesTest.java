package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {

  private final PathRules somePublic =
      Houses.usual("public-paths", "/,/about,/assets/*,/a/b/*").paths();
  private final PathRules someProtected =
      Houses.usual("protected-paths", "/account,/orders/*", "public-paths", "/orders/help/*")
          .paths();

  @ParameterizedTest
  @ValueSource(strings = {"/", "/x", "/assets", "/oauth/callback", "/oauth/other", "/x.css"})
  void nothing_is_public_that_is_not_named(String path) {
    assertThat(Houses.usual().paths().isPublic(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/about", "/assets", "/assets/", "/assets/x", "/assets/x/y", "/a/b"})
  void what_is_named_is_public(String path) {
    assertThat(somePublic.isPublic(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x",
        "/about/",
        "/about/x",
        "/aboutx",
        "/About",
        "/asset",
        "/assetsx",
        "/assets.x",
        "/a",
        "/a/",
        "/a/c",
        "/a/bc",
        "/x/assets/y",
        "/ASSETS/x",
        "",
        "assets/x"
      })
  void a_name_that_resembles_it_is_not(String path) {
    assertThat(somePublic.isPublic(path)).isFalse();
  }

  @Test
  void where_only_some_paths_are_protected_the_others_are_public() {
    assertThat(someProtected.isPublic("/")).isTrue();
    assertThat(someProtected.isPublic("/accounts")).isTrue();
    assertThat(someProtected.isPublic("/account")).isFalse();
    assertThat(someProtected.isPublic("/account/x")).isTrue();
    assertThat(someProtected.isPublic("/orders")).isFalse();
    assertThat(someProtected.isPublic("/orders/7")).isFalse();
    assertThat(someProtected.isPublic("/orders/help/x")).isTrue();
  }

  /** Servers answer both with the same page. */
  @Test
  void a_protected_path_is_protected_with_a_slash_at_its_end_too() {
    assertThat(someProtected.isPublic("/account/")).isFalse();
    assertThat(Houses.usual("protected-paths", "/,/a").paths().isPublic("/")).isFalse();
  }

  @Test
  void a_page_in_place_of_ours_is_not_opened_by_that() {
    PathRules paths = Houses.usual("logged-out-page", "/goodbye").paths();

    assertThat(paths.isPublic("/goodbye")).isFalse();
    assertThat(paths.isOwn("/goodbye")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oauth/callback",
        "/oauth/login",
        "/oauth/logout",
        "/oauth/logged-out",
        "/oauth/session"
      })
  void our_endpoints_are_our_own(String path) {
    assertThat(Houses.usual().paths().isOwn(path)).isTrue();
    assertThat(Houses.usual().paths().isOwn(path + "/")).isFalse();
    assertThat(Houses.usual().paths().isOwn(path + "x")).isFalse();
  }

  @Test
  void an_endpoint_that_was_moved_is_not_where_it_was() {
    PathRules paths = Houses.usual("callback-path", "/cb").paths();

    assertThat(paths.isOwn("/cb")).isTrue();
    assertThat(paths.isOwn("/oauth/callback")).isFalse();
  }
}
