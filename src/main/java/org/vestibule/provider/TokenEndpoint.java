package org.vestibule.provider;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.token.AuthenticatedForm;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.protocol.token.TokenRequest;
import org.vestibule.protocol.token.TokenResponse;
import org.vestibule.protocol.token.TokenResponseTolerance;
import org.vestibule.protocol.token.TokenResponseValidator;

/** Performs step D and takes step E (RFC 6749 section 3.2). Thread-safe. */
final class TokenEndpoint {

  private static final Set<String> FORM_TYPES =
      Set.of("application/x-www-form-urlencoded", "text/plain");

  private final BackChannel backChannel;
  private final ProviderSettings settings;
  private final TokenResponseValidator validator;

  TokenEndpoint(Clock clock, BackChannel backChannel, ProviderSettings settings) {
    this.backChannel = backChannel;
    this.settings = settings;
    this.validator = new TokenResponseValidator(clock, settings.checks().tolerances());
  }

  /**
   * Sends the request once, never twice: a code that is seen again is taken for stolen (section
   * 4.1.2).
   *
   * @throws LoginException the provider is in trouble, or its answer broke a rule
   */
  TokenResponse request(ProviderMetadata metadata, TokenRequest request) {
    Parameters form = request.parameters().with(settings.request().tokenParameters());
    HttpAnswer answer = backChannel.post(metadata.tokenEndpoint(), authenticated(metadata, form));
    return validator.judge(request, answer.status(), members(answer));
  }

  /** The form with the client's authentication, as every endpoint of the back channel wants it. */
  AuthenticatedForm authenticated(ProviderMetadata metadata, Parameters form) {
    ProviderSettings.Client client = settings.client();
    ClientAuthenticationMethod method =
        client
            .authentication()
            .orElseGet(
                () ->
                    ClientAuthenticationMethod.choose(
                        client.credentials(), metadata.authenticationMethods()));
    return method.authenticate(client.credentials(), form);
  }

  private Optional<Claims> members(HttpAnswer answer) {
    boolean form =
        settings.checks().tolerances().contains(TokenResponseTolerance.FORM_ENCODED)
            && FORM_TYPES.contains(answer.mediaType());
    return form ? formMembers(answer) : answer.json();
  }

  private static Optional<Claims> formMembers(HttpAnswer answer) {
    try {
      Parameters parameters = Parameters.parse(answer.body().strip());
      Map<String, Object> members = new HashMap<>();
      for (String name : parameters.names()) {
        parameters.get(name).ifPresent(value -> members.put(name, value));
      }
      return parameters.firstRepeated(parameters.names()).isPresent()
          ? Optional.empty()
          : Optional.of(new Claims(members));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
