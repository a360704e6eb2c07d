package org.vestibule.protocol.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;

class PendingAuthorizationTest {

  private static final PendingAuthorization FULL =
      new PendingAuthorization(
          "corp",
          "Kq3Zr0aT",
          Optional.of("https://server.example.com/t?x=ü&y"),
          true,
          Secret.of("xyz"),
          Optional.of(Secret.of("n-0S6_WzA2Mj")),
          Optional.of(new CodeVerifier(Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))),
          URI.create("https://client.example.com/cb?a=b%26c"),
          Scope.parse("openid profile"),
          "/a%20b?q=1&r=%26+ü#f",
          Instant.parse("2026-01-01T00:00:00Z"),
          new AuthenticationRequirement(
              List.of("gold", "silver"), Optional.of(Duration.ofMinutes(5))),
          true);

  private static final PendingAuthorization LEAST =
      new PendingAuthorization(
          "plain",
          "Kq3Zr0aT",
          Optional.empty(),
          false,
          Secret.of("xyz"),
          Optional.empty(),
          Optional.empty(),
          URI.create("https://client.example.com/cb"),
          Scope.NONE,
          "/",
          Instant.EPOCH,
          AuthenticationRequirement.NONE,
          false);

  static Stream<PendingAuthorization> both() {
    return Stream.of(FULL, LEAST);
  }

  @ParameterizedTest
  @MethodSource("both")
  void what_was_encoded_is_decoded(PendingAuthorization pending) {
    assertThat(PendingAuthorization.decode(pending.encode())).isEqualTo(pending);
  }

  @Test
  void what_is_not_asked_for_takes_no_room() {
    assertThat(LEAST.encode()).doesNotContain("&c=", "&m=", "&q=", "&n=", "&v=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p", "a", "s", "u", "r", "t"})
  void a_text_that_lacks_something_is_refused(String name) {
    String text = LEAST.encode().replaceAll("(^|&)" + name + "=[^&]*", "");

    assertThatThrownBy(() -> PendingAuthorization.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no member " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "p=a&a=1&s=x&u=%20&r=/&t=0", "p=a&a=1&s=x&u=/&r=/&t=now"})
  void a_text_of_another_kind_is_refused(String text) {
    assertThatThrownBy(() -> PendingAuthorization.decode(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neither_state_nor_nonce_nor_verifier_is_printed() {
    assertThat(FULL.toString()).doesNotContain("xyz", "n-0S6_WzA2Mj", "dBjftJeZ4CVP");
  }
}
