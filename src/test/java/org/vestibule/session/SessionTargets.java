package org.vestibule.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.PendingAuthorization;

/** What this package makes of arbitrary bytes; each method fails if a promise is broken. */
public final class SessionTargets {

  private static final PendingLogins LOGINS =
      new PendingLogins(
          Seal.of(
              new SecureRandom(), "pending-login", List.of(Secret.of("7Fjfp0ZBr1KtDRbnfVdmIw"))),
          "/app",
          new SpentStates());
  private static final SessionCodec CODEC = new SessionCodec(Optional.empty());

  private SessionTargets() {}

  /** Nobody can write a cookie of ours; what would be in one is read strictly. */
  public static void cookie(byte[] data) {
    String value = new String(data, ISO_8859_1);
    assertThat(LOGINS.open("Kq3Zr0aTKq3Zr0aTKq3Zr0", value)).isEmpty();
    try {
      PendingAuthorization pending = PendingAuthorization.decode(new String(data, UTF_8));
      assertThat(PendingAuthorization.decode(pending.encode())).isEqualTo(pending);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).isNotNull();
    }
  }

  /** A stored session is understood or none; what was understood can be stored again. */
  public static void storedSession(byte[] data) {
    CODEC
        .decode(data)
        .ifPresent(session -> assertThat(CODEC.decode(CODEC.encode(session))).contains(session));
  }
}
