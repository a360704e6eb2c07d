package org.vestibule.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflatedTest {

  private static final int MOST = 10_000;

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "abc", "Jane Döe", "roles roles roles roles roles roles"})
  void what_was_packed_is_unpacked(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);

    assertThat(Deflated.unpack(Deflated.pack(bytes), MOST)).isEqualTo(bytes);
  }

  @Test
  void what_repeats_itself_is_small() {
    assertThat(Deflated.pack("roles ".repeat(100).getBytes(UTF_8))).hasSizeLessThan(40);
  }

  @Test
  void what_would_not_be_smaller_is_left_as_it_is() {
    byte[] random = new byte[300];
    new SplittableRandom(1).nextBytes(random);

    assertThat(Deflated.pack(random)).hasSize(301).endsWith(random);
  }

  @Test
  void what_would_be_as_long_is_left_too() {
    for (int length = 0; length < 40; length++) {
      byte[] packed = Deflated.pack("a".repeat(length).getBytes(UTF_8));

      assertThat(packed[0] == 1)
          .as("%d bytes are packed", length)
          .isEqualTo(packed.length <= length);
    }
  }

  /** A few bytes of rubbish can stand for a thousand times as many. */
  @Test
  void no_more_is_unpacked_than_there_can_have_been() throws IOException {
    byte[] most = Deflated.pack(new byte[MOST]);
    byte[] bomb = Deflated.pack(new byte[MOST + 1]);
    byte[] large = new byte[MOST + 2];

    assertThat(Deflated.unpack(most, MOST)).hasSize(MOST);
    assertThat(bomb).hasSizeLessThan(100);
    assertThatThrownBy(() -> Deflated.unpack(bomb, MOST)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Deflated.unpack(large, MOST)).isInstanceOf(IOException.class);
  }

  @Test
  void what_is_cut_off_or_marked_as_nothing_known_is_refused() {
    byte[] packed = Deflated.pack("roles ".repeat(100).getBytes(UTF_8));

    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> Deflated.unpack(cut, MOST)).isInstanceOf(IOException.class);
    }
    packed[0] = 2;
    assertThatThrownBy(() -> Deflated.unpack(packed, MOST)).isInstanceOf(IOException.class);
  }
}
