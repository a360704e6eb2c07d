package org.vestibule.protocol.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.Provokes;
import org.vestibule.protocol.Claims;
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
}
