package org.vestibule.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.protocol.Secret;

class SealTest {

  private static final String TEXT = "p=corp&s=xyz&r=/ü";
  private static final Seal SEAL = seal("cookie", "first-secret");

  private static Seal seal(String purpose, String... secrets) {
    return Seal.of(new SecureRandom(), purpose, Arrays.stream(secrets).map(Secret::of).toList());
  }

  @Test
  void what_was_sealed_can_be_opened() {
    assertThat(SEAL.openText(SEAL.sealText(TEXT, "a"), "a")).contains(TEXT);
    assertThat(SEAL.openText(SEAL.sealText("", "a"), "a")).contains("");
  }

  @Test
  void nothing_of_the_text_is_seen_and_no_two_seals_are_alike() {
    Set<String> seals = new HashSet<>();
    IntStream.range(0, 1_000).forEach(i -> seals.add(SEAL.sealText(TEXT, "a")));

    assertThat(seals).hasSize(1_000);
    assertThat(seals).allMatch(text -> text.matches("[A-Za-z0-9_-]+"));
    assertThat(seals.stream().map(text -> text.substring(0, 16)).distinct()).hasSize(1_000);
    assertThat(new String(SEAL.seal(TEXT.getBytes(UTF_8), "a"), UTF_8)).doesNotContain("corp");
  }

  @Test
  void another_context_purpose_or_secret_does_not_open_it() {
    String sealed = SEAL.sealText(TEXT, "a");

    assertThat(SEAL.openText(sealed, "b")).isEmpty();
    assertThat(SEAL.openText(sealed, "")).isEmpty();
    assertThat(seal("session", "first-secret").openText(sealed, "a")).isEmpty();
    assertThat(seal("cookie", "other-secret").openText(sealed, "a")).isEmpty();
  }

  /** CR-05: a bit that was flipped anywhere, in nonce, text or tag. */
  @Test
  void no_bit_can_be_changed() {
    byte[] sealed = SEAL.seal(TEXT.getBytes(UTF_8), "a");

    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] damaged = sealed.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(SEAL.open(damaged, "a")).isEmpty();
    }
  }

  @Test
  void nothing_can_be_cut_off_or_added() {
    byte[] sealed = SEAL.seal(TEXT.getBytes(UTF_8), "a");

    for (int length = 0; length < sealed.length; length++) {
      assertThat(SEAL.open(Arrays.copyOf(sealed, length), "a")).isEmpty();
    }
    assertThat(SEAL.open(Arrays.copyOf(sealed, sealed.length + 1), "a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "****", "AAAA", "ü", "%00", " "})
  void what_is_no_seal_is_not_opened(String text) {
    assertThat(SEAL.openText(text, "a")).isEmpty();
  }

  @Test
  void while_a_secret_is_changed_both_open_and_the_new_one_seals() {
    Seal old = seal("cookie", "old");
    Seal both = seal("cookie", "new", "old");
    Seal young = seal("cookie", "new");

    assertThat(both.openText(old.sealText(TEXT, "a"), "a")).contains(TEXT);
    assertThat(young.openText(both.sealText(TEXT, "a"), "a")).contains(TEXT);
    assertThat(old.openText(both.sealText(TEXT, "a"), "a")).isEmpty();
  }

  /** Any node of a cluster, and the next release, opens what was sealed by this one. */
  @Test
  void a_seal_of_the_first_release_can_be_opened() {
    assertThat(
            seal("pending-login", "7Fjfp0ZBr1KtDRbnfVdmIw")
                .openText("wPwntaCEeQomy9GI81p4AMPg9NizdxRGWQEmTnRy9t3NdYn0j2ThuQ", "/app"))
        .contains("p=corp&s=xyz");
  }

  @Test
  void there_is_no_seal_without_a_secret() {
    assertThatThrownBy(() -> Seal.of(new SecureRandom(), "cookie", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
