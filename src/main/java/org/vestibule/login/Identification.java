package org.vestibule.login;

import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Tokens;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.openid.UserInfoValidator;
import org.vestibule.protocol.openid.VerifiedIdToken;
import org.vestibule.provider.Json;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.provider.ProviderSettings.ClaimSource;

/**
 * Finds out who it is that signed in: from the ID token, which is verified in any case, and from
 * the UserInfo endpoint; of a plain OAuth 2.0 provider from its profile address alone. The access
 * token is not for us (RFC 9068 section 6) and is looked into only where the settings insist.
 */
final class Identification {

  /**
   * Who it is.
   *
   * @param authentication null if the provider does not say
   * @param remarks what is not as it should be and does not stop the login
   */
  record Found(Identity identity, @Nullable Authentication authentication, List<Failure> remarks) {}

  /** The name of somebody of whom the provider says nothing. */
  private static final String UNNAMED = "unnamed";

  /** Claims about the token and not about the user. */
  private static final Set<String> OF_THE_TOKEN =
      Set.of(
          "aud", "exp", "iat", "nbf", "jti", "azp", "nonce", "at_hash", "c_hash", "s_hash", "typ");

  private final Provider provider;
  private final ProviderSettings.Caller settings;

  Identification(Provider provider) {
    this.provider = provider;
    this.settings = provider.settings().caller();
  }

  /**
   * @param nonce of the authorization request; present exactly with OpenID Connect
   * @param requirement how the user has to be authenticated
   * @throws LoginException a rule was broken, or the provider is in trouble
   */
  Found identify(Tokens tokens, Optional<Secret> nonce, AuthenticationRequirement requirement) {
    if (nonce.isEmpty()) {
      requireNothing(requirement);
      return new Found(plain(tokens), null, List.of());
    }
    Secret idToken = tokens.idToken();
    if (idToken == null) {
      throw new LoginException(Violation.ID_TOKEN_MISSING);
    }
    VerifiedIdToken verified =
        provider
            .idTokenValidator()
            .validate(idToken, nonce.get(), tokens.accessToken(), requirement);
    Claims claims = Claims.NONE;
    for (ClaimSource source : settings.claimsFrom()) {
      claims = claims.completedBy(claims(source, tokens, verified));
    }
    Claims own = new Claims(Map.of("iss", verified.issuer(), "sub", verified.subject()));
    return new Found(
        identity(verified.issuer(), verified.subject(), own.completedBy(claims)),
        Authentication.of(verified.claims()),
        isOverage(claims) ? List.of(ProviderTrouble.GROUPS_LEFT_OUT) : List.of());
  }

  /**
   * Microsoft Entra ID sends no more than some 200 groups, and instead of more of them a
   * distributed claim (OpenID Connect Core section 5.6.2) or {@code hasgroups}.
   */
  private static boolean isOverage(Claims claims) {
    boolean elsewhere =
        claims.members().get("_claim_names") instanceof Map<?, ?> names
            && names.containsKey("groups");
    return !claims.has("groups")
        && (elsewhere
            || Boolean.TRUE.equals(claims.members().get("hasgroups"))
            || claims.string("hasgroups").equals(Optional.of("true")));
  }

  private Claims claims(ClaimSource source, Tokens tokens, VerifiedIdToken verified) {
    return switch (source) {
      case ID_TOKEN -> verified.claims();
      case USERINFO ->
          userInfo(tokens, Optional.of(verified.issuer()))
              .map(info -> UserInfoValidator.judge(info, verified))
              .orElse(Claims.NONE);
      case ACCESS_TOKEN -> provider.readAccessToken(tokens.accessToken(), verified);
    };
  }

  /** Nobody says how a user of plain OAuth 2.0 was authenticated. */
  private static void requireNothing(AuthenticationRequirement requirement) {
    if (!requirement.isEmpty()) {
      throw new LoginException(
          requirement.acrValues().isEmpty() ? Violation.STEP_UP_AUTH_TIME : Violation.STEP_UP_ACR,
          "there is no ID token");
    }
  }

  private Identity plain(Tokens tokens) {
    Claims claims = userInfo(tokens, Optional.empty()).orElse(Claims.NONE);
    return identity(
        provider.settings().endpoints().issuer().orElse(""),
        claims.valueAt(settings.subjectClaim()).map(Identification::subject).orElse(""),
        claims);
  }

  /** Some providers count their users, and some beyond what fits a {@code long}. */
  private static String subject(Object value) {
    if (value instanceof BigDecimal number) {
      return number.scale() <= 0 ? number.toPlainString() : "";
    }
    return value instanceof String || value instanceof Long ? value.toString() : "";
  }

  private Optional<Claims> userInfo(Tokens tokens, Optional<String> issuer) {
    if (!settings.claimsFrom().contains(ClaimSource.USERINFO)) {
      return Optional.empty();
    }
    Optional<URI> endpoint = provider.metadata().userInfoEndpoint();
    return endpoint.map(url -> provider.requestUserInfo(url, tokens.accessToken(), issuer));
  }

  private Identity identity(String issuer, String subject, Claims claims) {
    Map<String, Object> kept = new LinkedHashMap<>(claims.members());
    kept.keySet().removeAll(OF_THE_TOKEN);
    return new Identity(
        provider.settings().id(), issuer, subject, name(claims), roles(claims), Json.write(kept));
  }

  private String name(Claims claims) {
    return settings.nameClaims().stream()
        .map(claims::stringsAt)
        .flatMap(List::stream)
        .map(Identification::printable)
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElse(UNNAMED);
  }

  private Set<String> roles(Claims claims) {
    Set<String> roles = new LinkedHashSet<>();
    for (String path : settings.rolesClaims()) {
      for (String role : claims.stringsAt(path)) {
        roles.add(settings.rolesMap().getOrDefault(role, role));
      }
    }
    return roles;
  }

  /** A name ends up in headers and logs: it has no control characters. */
  private static String printable(String name) {
    return name.codePoints()
        .filter(c -> !Character.isISOControl(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
