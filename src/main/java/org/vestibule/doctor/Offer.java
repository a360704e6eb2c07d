package org.vestibule.doctor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.provider.ProviderSettings;

/** What a provider offers and is not made use of: worth knowing, not worth a finding. */
final class Offer {

  private Offer() {}

  static List<String> unused(ProviderSettings settings, Claims published) {
    return Stream.of(
            when(
                published.string("pushed_authorization_request_endpoint").isPresent(),
                "pushed authorization requests (RFC 9126)"),
            when(isOn(published, "request_parameter_supported"), "signed requests (RFC 9101)"),
            when(
                published.strings("response_modes_supported").stream()
                    .anyMatch(mode -> mode.equals("jwt") || mode.endsWith(".jwt")),
                "signed authorization responses (JARM)"),
            when(
                !published.strings("dpop_signing_alg_values_supported").isEmpty(),
                "tokens bound to a key of the client (DPoP, RFC 9449)"),
            when(
                isOn(published, "tls_client_certificate_bound_access_tokens"),
                "tokens bound to a certificate of the client (RFC 8705)"),
            when(
                published.string("introspection_endpoint").isPresent(),
                "introspection of tokens (RFC 7662)"),
            when(
                !settings.refresh().enabled()
                    && published.strings("grant_types_supported").contains("refresh_token"),
                "refresh tokens, since refresh=off"))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Whether a member is {@code true}. */
  static boolean isOn(Claims published, String name) {
    return Boolean.TRUE.equals(published.members().get(name));
  }

  /** Whether a client that shows a secret could prove itself by a key. */
  static boolean hasBetterAuthentication(ProviderSettings settings, Claims published) {
    return settings.client().key().isEmpty()
        && settings.client().credentials().clientSecret().isPresent()
        && published
            .strings("token_endpoint_auth_methods_supported")
            .contains(ClientAuthenticationMethod.PRIVATE_KEY_JWT.registeredName());
  }

  private static Optional<String> when(boolean isSo, String text) {
    return isSo ? Optional.of(text) : Optional.empty();
  }
}
