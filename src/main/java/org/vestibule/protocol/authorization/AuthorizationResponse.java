package org.vestibule.protocol.authorization;

import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;

/**
 * Step C: what the browser brought to the redirection URI (RFC 6749 sections 4.1.2 and 4.1.2.1, RFC
 * 9207), read but not believed. Immutable.
 *
 * @param error present if there is an {@code error}, whatever else there is
 */
public record AuthorizationResponse(
    Optional<Secret> state,
    Optional<Secret> code,
    Optional<OAuthError> error,
    Optional<String> issuer) {

  private static final Set<String> NEVER_REPEATED =
      Set.of("code", "state", "iss", "error", "error_description", "error_uri");
  private static final Set<String> TOKENS = Set.of("access_token", "id_token", "response");

  /**
   * Reads the response. What is not known is ignored (section 4.1.2).
   *
   * @throws LoginException a parameter is repeated (section 3.1), or tokens came along, which were
   *     not asked for and are not looked at (RFC 9700 section 4.6)
   */
  public static AuthorizationResponse read(Parameters parameters) {
    parameters
        .firstRepeated(NEVER_REPEATED)
        .ifPresent(
            name -> {
              throw new LoginException(Violation.CALLBACK_PARAMETER_REPEATED, name);
            });
    if (TOKENS.stream().anyMatch(parameters::contains)) {
      throw new LoginException(Violation.CALLBACK_CARRIES_TOKEN);
    }
    return new AuthorizationResponse(
        parameters.get("state").map(Secret::of),
        parameters.get("code").map(Secret::of),
        parameters
            .get("error")
            .map(error -> new OAuthError(error, parameters.get("error_description"))),
        parameters.get("iss"));
  }
}
