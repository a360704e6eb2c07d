package org.vestibule.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;

class SessionCodecTest {

  private static final SessionCodec PLAIN = new SessionCodec(Optional.empty());
  private static final SessionCodec SEALED = sealed("7Fjfp0ZBr1KtDRbnfVdmIw");

  static final SignedIn FULL =
      new SignedIn(
          new Identity(
              "corp",
              "https://server.example.com",
              "248289761001",
              "Jane Döe",
              Set.of("admin", "staff"),
              "{\"sub\":\"248289761001\"}"),
          new Authentication(
              "08a5019c-17e1-4977-8f42-65a12843ea02",
              "urn:mace:incommon:iap:silver",
              Instant.parse("2025-12-31T23:59:50Z")),
          new Tokens(
              Secret.of("SlAV32hkKG"),
              Instant.parse("2026-01-01T01:00:00Z"),
              Secret.of("8xLOxBtZp8"),
              Secret.of("eyJhbGciOiJSUzI1NiJ9.e30.c2ln"),
              Scope.parse("openid profile")),
          Instant.parse("2026-01-01T00:00:00.123Z"),
          Secret.of("csrf"));

  private static final SignedIn LEAST =
      new SignedIn(
          new Identity("plain", "", "", "unnamed", Set.of(), "{}"),
          null,
          new Tokens(Secret.of("2YotnFZFEjr1zCsicMWpAA"), null, null, null, Scope.NONE),
          Instant.EPOCH,
          Secret.of("csrf"));

  private static SessionCodec sealed(String... keys) {
    List<Secret> secrets = Arrays.stream(keys).map(Secret::of).toList();
    return new SessionCodec(Optional.of(Seal.of(new SecureRandom(), "session", secrets)));
  }

  static Stream<SignedIn> both() {
    return Stream.of(
        FULL,
        LEAST,
        LikeKeycloak.signedIn(),
        with(new Authentication(null, "0", null)),
        with(null));
  }

  private static SignedIn with(@Nullable Authentication authentication) {
    return new SignedIn(
        FULL.identity(), authentication, FULL.tokens(), FULL.since(), FULL.csrfToken());
  }

  /** All of it: two identities are equal by their subjects alone. */
  static void assertSame(Optional<SignedIn> actual, SignedIn expected) {
    assertThat(actual).isPresent();
    assertThat(actual.get())
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .ignoringCollectionOrder()
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("both")
  void what_was_encoded_is_decoded(SignedIn signedIn) {
    assertSame(PLAIN.decode(PLAIN.encode(signedIn)), signedIn);
    assertSame(SEALED.decode(SEALED.encode(signedIn)), signedIn);
  }

  /** Whoever signed in before an update of the application stays signed in. */
  @Test
  void every_earlier_version_stays_readable() {
    assertSame(PLAIN.decode(sample("session-1.base64")), with(null));
    assertSame(SEALED.decode(sample("session-1-sealed.base64")), with(null));
    assertSame(PLAIN.decode(sample("session-2.base64")), FULL);
    assertSame(SEALED.decode(sample("session-2-sealed.base64")), FULL);
    assertSame(PLAIN.decode(sample("session-3.base64")), FULL);
    assertSame(SEALED.decode(sample("session-3-sealed.base64")), FULL);
    assertSame(PLAIN.decode(sample("session-3-tokens.base64")), LikeKeycloak.signedIn());
  }

  private static byte[] sample(String name) {
    try (InputStream file = SessionCodecTest.class.getResourceAsStream(name)) {
      return Base64.getMimeDecoder().decode(new String(file.readAllBytes(), US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nothing_can_be_read_in_what_is_sealed() {
    String bytes = new String(SEALED.encode(FULL), ISO_8859_1);

    assertThat(bytes).doesNotContain("SlAV32hkKG", "8xLOxBtZp8", "corp", "248289761001", "admin");
  }

  @Test
  void a_session_that_cannot_be_opened_is_none() {
    assertThat(sealed("another key").decode(SEALED.encode(FULL))).isEmpty();
    assertThat(PLAIN.decode(SEALED.encode(FULL))).isEmpty();
    assertThat(SEALED.decode(PLAIN.encode(FULL))).isEmpty();
  }

  @Test
  void a_session_survives_a_change_of_the_key() {
    assertSame(sealed("new", "7Fjfp0ZBr1KtDRbnfVdmIw").decode(SEALED.encode(FULL)), FULL);
  }

  @Test
  void another_version_is_not_guessed_at() {
    byte[] bytes = PLAIN.encode(FULL);
    bytes[0] = 4;

    assertThat(PLAIN.decode(bytes)).isEmpty();
    assertThat(PLAIN.decode(new byte[0])).isEmpty();
    assertThat(PLAIN.decode(new byte[] {1})).isEmpty();
    assertThat(PLAIN.decode(new byte[] {1, 0})).isEmpty();
    assertThat(PLAIN.decode(new byte[] {1, 7})).isEmpty();
  }

  @Test
  void what_was_cut_off_is_noticed_at_every_length() {
    byte[] bytes = PLAIN.encode(FULL);

    for (int length = 0; length < bytes.length; length++) {
      assertThat(PLAIN.decode(Arrays.copyOf(bytes, length))).isEmpty();
    }
  }

  /** Damage gives another session or none, but neither an exception nor a giant array. */
  @Test
  void damaged_bytes_do_no_harm() {
    byte[] bytes = PLAIN.encode(FULL);
    RandomGenerator random = new SplittableRandom(1);

    for (int i = 2; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] = (byte) random.nextInt();
      PLAIN.decode(damaged);
      damaged[i] = (byte) 0xff;
      PLAIN.decode(damaged);
    }
    assertThat(PLAIN.decode(bytes)).isPresent();
  }

  @Test
  void damage_of_what_is_compressed_is_noticed() {
    byte[] bytes = PLAIN.encode(LikeKeycloak.signedIn());
    bytes[bytes.length / 2] ^= 1;

    assertThat(PLAIN.decode(bytes)).isEmpty();
  }

  /** Not even if the store is somebody else's: four megabytes are the end. */
  @Test
  void a_few_bytes_do_not_become_a_giant() {
    byte[] bomb = Deflated.pack(new byte[1 << 28]);
    byte[] stored = new byte[bomb.length + 2];
    stored[0] = 3;
    System.arraycopy(bomb, 0, stored, 2, bomb.length);

    assertThat(stored).hasSizeLessThan(1 << 19);
    assertThat(PLAIN.decode(stored)).isEmpty();
  }

  private static SignedIn with(String claims, Set<String> roles) {
    Identity jane = FULL.identity();
    return new SignedIn(
        new Identity(jane.provider(), jane.issuer(), jane.subject(), jane.name(), roles, claims),
        FULL.authentication(),
        FULL.tokens(),
        FULL.since(),
        FULL.csrfToken());
  }

  private static Set<String> roles(int number) {
    return IntStream.range(0, number).mapToObj(Integer::toString).collect(Collectors.toSet());
  }

  @Test
  void a_text_of_a_megabyte_is_read_again_and_a_longer_one_is_not() {
    SignedIn longest = with("x".repeat(1 << 20), Set.of());
    SignedIn longer = with("x".repeat((1 << 20) + 1), Set.of());

    assertSame(PLAIN.decode(PLAIN.encode(longest)), longest);
    assertThat(PLAIN.decode(PLAIN.encode(longer))).isEmpty();
  }

  @Test
  void ten_thousand_roles_are_read_again_and_more_are_not() {
    SignedIn most = with("{}", roles(10_000));
    SignedIn more = with("{}", roles(10_001));

    assertThat(PLAIN.decode(PLAIN.encode(most)).orElseThrow().identity().roles()).hasSize(10_000);
    assertThat(PLAIN.decode(PLAIN.encode(more))).isEmpty();
    assertThatCode(() -> PLAIN.requireRoom(most)).doesNotThrowAnyException();
    assertThat(refusal(PLAIN, more)).isEqualTo("10001 roles");
  }

  /** DS-10. */
  @Test
  void nobody_is_remembered_who_needs_a_byte_more_than_there_is_room_for() {
    SessionCodec small = new SessionCodec(Optional.empty(), 307);
    SessionCodec large = new SessionCodec(Optional.empty(), 308);

    assertThat(refusal(small, FULL))
        .isEqualTo("308 bytes, of them 22 for claims and 10 for 2 roles");
    assertThatCode(() -> large.requireRoom(FULL)).doesNotThrowAnyException();
  }

  @Test
  void there_is_never_room_for_more_than_can_be_read_again() {
    SessionCodec boundless = new SessionCodec(Optional.empty(), Integer.MAX_VALUE);

    assertThat(refusal(boundless, with("x".repeat(1 << 20), Set.of())))
        .contains("1048576 for claims");
  }

  private static String refusal(SessionCodec codec, SignedIn signedIn) {
    return catchThrowableOfType(LoginException.class, () -> codec.requireRoom(signedIn)).detail();
  }

  /** The figures of the manual's page about performance. */
  @Test
  void a_stored_session_is_a_third_of_its_texts() {
    SignedIn signedIn = LikeKeycloak.signedIn();

    assertThat(tokens(signedIn) + signedIn.identity().claims().length()).isEqualTo(4444);
    assertThat(PLAIN.encode(signedIn)).hasSizeBetween(1590, 1620);
    assertThat(SEALED.encode(signedIn)).hasSize(PLAIN.encode(signedIn).length + 12 + 16);
  }

  private static int tokens(SignedIn signedIn) {
    return Stream.of(
            signedIn.tokens().accessToken(),
            signedIn.tokens().refreshToken(),
            signedIn.tokens().idToken())
        .mapToInt(token -> token.value().length())
        .sum();
  }
}
