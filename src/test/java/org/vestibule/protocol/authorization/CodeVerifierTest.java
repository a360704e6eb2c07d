package org.vestibule.protocol.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;

class CodeVerifierTest {

  /** RFC 7636 appendix B. */
  @Test
  void the_challenge_is_that_of_the_example() {
    CodeVerifier verifier =
        new CodeVerifier(Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));

    assertThat(verifier.challenge()).isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    assertThat(CodeVerifier.METHOD).isEqualTo("S256");
  }

  /** RFC 7636 section 4.1. */
  @Test
  void a_verifier_has_43_unreserved_characters() {
    CodeVerifier verifier = CodeVerifier.generate(new RandomValues(new SecureRandom()));

    assertThat(verifier.value().value()).matches("[A-Za-z0-9._~-]{43}");
    assertThat(verifier).hasToString("CodeVerifier[value=***]");
  }
}
