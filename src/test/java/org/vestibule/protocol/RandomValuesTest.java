package org.vestibule.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomValuesTest {

  private static final int MANY = 10_000;

  private final RandomValues random = new RandomValues(new SecureRandom());

  /** RFC 7636 section 4.1: 32 octets as base64url are 43 characters. */
  @Test
  void a_value_is_43_characters_for_urls() {
    assertThat(random.next().value()).matches("[A-Za-z0-9_-]{43}");
  }

  /** AR-02. */
  @Test
  void no_value_comes_twice_and_all_characters_vary() {
    Set<String> values = new HashSet<>();
    IntStream.range(0, MANY).forEach(i -> values.add(random.next().value()));

    assertThat(values).hasSize(MANY);
    for (int position = 0; position < 42; position++) {
      int index = position;
      assertThat(values.stream().map(value -> value.charAt(index)).distinct()).hasSize(64);
    }
  }

  @Test
  void all_bits_come_from_the_source() {
    SecureRandom zeros =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 0);
          }
        };

    assertThat(new RandomValues(zeros).next().value()).isEqualTo("A".repeat(43));
  }
}
