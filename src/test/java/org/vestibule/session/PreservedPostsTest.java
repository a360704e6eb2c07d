package org.vestibule.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.protocol.Secret;

class PreservedPostsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String BROWSER = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String TYPED = "text=Zw%C3%B6lf+Boxk%C3%A4mpfer";

  private final PreservedPosts posts = posts("/app");

  private static PreservedPosts posts(String context) {
    return new PreservedPosts(
        Seal.of(new SecureRandom(), "form", List.of(Secret.of("7Fjfp0ZBr1KtDRbnfVdmIw"))),
        context,
        new SpentStates());
  }

  private static PreservedPost post(String id) {
    return new PreservedPost(
        id,
        NOW,
        "default\nhttps://server.example.com\n248289761001",
        "/app/orders?new",
        "application/x-www-form-urlencoded",
        TYPED.getBytes(UTF_8));
  }

  @Test
  void what_was_sealed_is_opened_as_it_was() {
    PreservedPost opened = posts.open(posts.seal(post("one"), BROWSER), BROWSER).orElseThrow();

    assertThat(opened.id()).isEqualTo("one");
    assertThat(opened.owner()).isEqualTo("default\nhttps://server.example.com\n248289761001");
    assertThat(opened.target()).isEqualTo("/app/orders?new");
    assertThat(opened.contentType()).isEqualTo("application/x-www-form-urlencoded");
    assertThat(new String(opened.body(), UTF_8)).isEqualTo(TYPED);
  }

  @Test
  void nothing_of_it_can_be_read() {
    String sealed = posts.seal(post("one"), BROWSER);

    assertThat(sealed).matches("[A-Za-z0-9_-]+");
    assertThat(new String(Base64.getUrlDecoder().decode(sealed), UTF_8))
        .doesNotContain("Boxk", "orders", "248289761001");
    assertThat(post("one")).hasToString("PreservedPost[31 bytes]");
  }

  @Test
  void another_browser_cannot_open_it() {
    String sealed = posts.seal(post("one"), BROWSER);

    assertThat(posts.open(sealed, BROWSER.replace('E', 'F'))).isEmpty();
  }

  @Test
  void another_application_with_the_same_secret_cannot_open_it() {
    assertThat(posts("/other").open(posts.seal(post("one"), BROWSER), BROWSER)).isEmpty();
  }

  @Test
  void what_was_changed_anywhere_is_not_opened() {
    byte[] sealed = Base64.getUrlDecoder().decode(posts.seal(post("one"), BROWSER));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);

      assertThat(posts.open(text, BROWSER)).as("byte " + i).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "=", "AAAA", "%00", "a.b.c", "\u00e4"})
  void what_is_damaged_is_not_opened(String sealed) {
    assertThat(posts.open(sealed, BROWSER)).isEmpty();
  }

  @Test
  void a_form_is_used_up_once() {
    assertThat(posts.take(post("one"))).isTrue();
    assertThat(posts.take(post("two"))).isTrue();
    assertThat(posts.take(post("one"))).isFalse();
  }

  @Test
  void it_gets_old() {
    Duration hour = Duration.ofHours(1);

    assertThat(post("one").isOlder(hour, NOW.plus(hour))).isFalse();
    assertThat(post("one").isOlder(hour, NOW.plus(hour).plusSeconds(1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 65_536, 1 << 20})
  void the_longest_text_is_known_before(int size) {
    PreservedPost largest =
        new PreservedPost(
            BROWSER,
            NOW,
            "p".repeat(40) + "\n" + "i".repeat(500) + "\n" + "s".repeat(255),
            "t".repeat(1_500),
            "c".repeat(300),
            new byte[size]);

    int length = posts.seal(largest, BROWSER).length();
    assertThat(PreservedPosts.longest(size)).isBetween(length + 100, length + 8_192);
  }
}
