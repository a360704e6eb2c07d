package org.vestibule.protocol.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vestibule.Provokes;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

class AccessTokenValidatorTest {

  private static final String ISSUER = "https://server.example.com";
  private static final String JANE = "248289761001";

  private static Claims judge(Map<String, Object> claims) {
    return AccessTokenValidator.judge(
        Secret.of("a.b.c"),
        jws -> new VerifiedJws("RS256", "at+jwt", new Claims(claims), Set.of()),
        IssuerRule.exactly(ISSUER, Set.of()),
        new VerifiedIdToken(ISSUER, JANE, Claims.NONE));
  }

  @Test
  void the_claims_of_a_token_about_the_same_user_may_be_used() {
    Map<String, Object> full = Map.of("iss", ISSUER, "sub", JANE, "groups", List.of("clerk"));
    Map<String, Object> withoutUser = Map.of("iss", ISSUER, "groups", List.of("clerk"));

    assertThat(judge(full)).isEqualTo(new Claims(full));
    assertThat(judge(withoutUser)).isEqualTo(new Claims(withoutUser));
  }

  @Test
  @Provokes(Violation.ACCESS_TOKEN_OF_ANOTHER)
  void those_of_a_token_about_or_by_somebody_else_may_not() {
    for (Map<String, Object> bad :
        List.<Map<String, Object>>of(
            Map.of("iss", ISSUER, "sub", "248289761002"),
            Map.of("iss", ISSUER, "sub", ""),
            Map.of("iss", ISSUER, "sub", 248289761001L),
            Map.of("iss", ISSUER + "/", "sub", JANE),
            Map.of("sub", JANE))) {
      assertFails(Violation.ACCESS_TOKEN_OF_ANOTHER, () -> judge(bad));
    }
  }
}
