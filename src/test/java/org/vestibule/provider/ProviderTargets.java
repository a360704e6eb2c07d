package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Secret;

/** What this package makes of arbitrary bytes; each method fails if a promise is broken. */
public final class ProviderTargets {

  private static final String ISSUER = "https://server.example.com";
  private static final ProviderSettings.Endpoints NOTHING_IS_SET =
      new ProviderSettings.Endpoints(
          IssuerRule.exactly(ISSUER, Set.of()),
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private ProviderTargets() {}

  /** The JSON object in an answer, if there is one; what was read can be written and read again. */
  public static Optional<Claims> json(byte[] data) {
    Optional<Claims> claims = HttpAnswer.of(200, "application/json", data).json();
    claims.ifPresent(
        read -> assertThat(Json.read(Json.write(read.members()))).isEqualTo(read.members()));
    return claims;
  }

  /** Keys that count can verify one algorithm and are strong enough. */
  public static void jwks(byte[] data) {
    json(data)
        .flatMap(JwkSet::of)
        .ifPresent(
            set -> {
              assertThat(set.keys()).hasSizeLessThanOrEqualTo(JwkSet.MOST_KEYS);
              assertThat(set.candidates("HS256", "")).isEmpty();
              assertThat(set.candidates("none", "")).isEmpty();
              set.keys().forEach(key -> assertThat(key.publicKey().getFormat()).isEqualTo("X.509"));
            });
  }

  /** Metadata that are accepted have endpoints to which something may be sent. */
  public static void metadata(byte[] data) {
    json(data)
        .ifPresent(
            published -> {
              try {
                ProviderMetadata metadata = ProviderMetadata.of(NOTHING_IS_SET, published);
                assertThat(metadata.tokenEndpoint().getScheme()).isEqualToIgnoringCase("https");
                assertThat(metadata.authorizationEndpoint().getFragment()).isNull();
                assertThat(metadata.authorizationEndpoint().getHost()).isNotNull();
              } catch (LoginException refused) {
                assertThat(refused.getMessage()).startsWith("VEST");
              }
            });
  }

  /** A token is refused, or has the members that were signed. */
  public static void jws(byte[] data) {
    String text = new String(data, UTF_8);
    if (text.isEmpty()) {
      return;
    }
    try {
      assertThat(Jws.read(Secret.of(text)).toString()).doesNotContain(text);
    } catch (IllegalArgumentException | LoginException refused) {
      assertThat(refused).isNotNull();
    }
  }
}
