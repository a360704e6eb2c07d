package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"write read", "write,read", " write,  read ", "write\tread\n", "write read write"})
  void blanks_and_commas_separate(String text) {
    assertThat(Scope.parse(text).tokens()).containsExactly("write", "read");
  }

  @Test
  void a_scope_is_joined_as_the_provider_wants_it() {
    Scope scope = Scope.of(List.of("write", "read"));

    assertThat(scope.join(" ")).isEqualTo("write read");
    assertThat(scope.join(",")).isEqualTo("write,read");
    assertThat(scope).hasToString("write read");
  }

  /** RFC 6749 section 3.3: "space-delimited, case-sensitive strings. […] order does not matter". */
  @Test
  void order_does_not_matter_and_case_does() {
    assertThat(Scope.parse("read write"))
        .isEqualTo(Scope.parse("write read"))
        .isNotEqualTo(Scope.parse("Read write"));
  }

  @Test
  void openid_makes_it_openid_connect() {
    assertThat(Scope.parse("profile openid").isOpenId()).isTrue();
    assertThat(Scope.parse("OpenID openid2").isOpenId()).isFalse();
    assertThat(Scope.NONE.isOpenId()).isFalse();
  }

  @Test
  void what_was_not_granted_is_the_difference() {
    assertThat(Scope.parse("a b c").without(Scope.parse("b d"))).isEqualTo(Scope.parse("a c"));
  }

  @Test
  void no_scope_is_empty_and_a_scope_cannot_be_changed() {
    assertThat(Scope.NONE.isEmpty()).isTrue();
    assertThat(Scope.parse(" , ")).isEqualTo(Scope.NONE);
    assertThat(Scope.parse("read").isEmpty()).isFalse();
    assertThatThrownBy(() -> Scope.parse("read").tokens().add("write"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
