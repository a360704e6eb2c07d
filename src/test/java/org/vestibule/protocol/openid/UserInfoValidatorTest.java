package org.vestibule.protocol.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

class UserInfoValidatorTest {

  private static final VerifiedIdToken ID_TOKEN =
      new VerifiedIdToken("https://server.example.com", "248289761001", Claims.NONE);

  @Test
  void claims_about_the_same_user_may_be_used() {
    Claims userInfo = new Claims(Map.of("sub", "248289761001", "name", "Jane Doe"));

    assertThat(UserInfoValidator.judge(userInfo, ID_TOKEN)).isEqualTo(userInfo);
  }

  static Stream<Claims> aboutOthers() {
    return Stream.of(
        Claims.NONE,
        new Claims(Map.of("name", "Jane Doe")),
        new Claims(Map.of("sub", "")),
        new Claims(Map.of("sub", "248289761002")),
        new Claims(Map.of("sub", "248289761001 ")),
        new Claims(Map.of("sub", 248289761001L)),
        new Claims(Map.of("sub", List.of("248289761001"))));
  }

  /** TK-18. */
  @ParameterizedTest
  @MethodSource("aboutOthers")
  @Provokes(Violation.USERINFO_SUBJECT)
  void claims_about_anybody_else_may_not(Claims userInfo) {
    assertFails(Violation.USERINFO_SUBJECT, () -> UserInfoValidator.judge(userInfo, ID_TOKEN));
  }

  private static Claims judgeSigned(Claims claims, Optional<String> issuer) {
    IdTokenExpectations expected =
        new IdTokenExpectations(
            IssuerRule.exactly(ID_TOKEN.issuer(), Set.of()),
            "s6BhdRkqt3",
            Set.of(),
            Duration.ofSeconds(30),
            Optional.empty(),
            Set.of());
    return UserInfoValidator.judgeSigned(
        Secret.of("a.b.c"),
        jws -> new VerifiedJws("RS256", "JWT", claims, Set.of()),
        expected,
        issuer);
  }

  @Test
  void what_is_signed_for_us_by_the_issuer_may_be_used() {
    Claims full =
        new Claims(
            Map.of("iss", ID_TOKEN.issuer(), "aud", "s6BhdRkqt3", "sub", ID_TOKEN.subject()));
    Claims least = new Claims(Map.of("sub", ID_TOKEN.subject()));

    assertThat(judgeSigned(full, Optional.of(ID_TOKEN.issuer()))).isEqualTo(full);
    assertThat(judgeSigned(least, Optional.empty())).isEqualTo(least);
  }

  @Test
  @Provokes(Violation.USERINFO_SIGNATURE)
  void what_is_signed_for_or_by_somebody_else_may_not() {
    Claims another = new Claims(Map.of("iss", "https://evil.example", "aud", "s6BhdRkqt3"));
    Claims forAnother = new Claims(Map.of("iss", ID_TOKEN.issuer(), "aud", "another"));
    Claims forNobody = new Claims(Map.of("aud", List.of()));

    for (Claims bad : List.of(another, forAnother, forNobody)) {
      assertFails(
          Violation.USERINFO_SIGNATURE, () -> judgeSigned(bad, Optional.of(ID_TOKEN.issuer())));
    }
    Claims right = new Claims(Map.of("iss", ID_TOKEN.issuer(), "aud", "s6BhdRkqt3"));
    assertFails(
        Violation.USERINFO_SIGNATURE, () -> judgeSigned(right, Optional.of("https://server")));
  }
}
