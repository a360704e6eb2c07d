package org.vestibule.provider;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.token.AuthenticatedForm;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.protocol.token.ClientCredentials;
import org.vestibule.protocol.token.TokenRequest;
import org.vestibule.protocol.token.TokenResponse;
import org.vestibule.protocol.token.TokenResponseTolerance;
import org.vestibule.protocol.token.TokenResponseValidator;

/** Performs step D and takes step E (RFC 6749 section 3.2). Thread-safe. */
final class TokenEndpoint {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private static final Set<String> FORM_TYPES =
      Set.of("application/x-www-form-urlencoded", "text/plain");

  private static final Set<String> OF_ERRORS = Set.of("error", "error_description");

  /** As long as RFC 7636 section 4.1 wants one, and nobody's. */
  private static final String NO_VERIFIER = "0".repeat(43);

  private final BackChannel backChannel;
  private final ProviderSettings settings;
  private final TokenResponseValidator validator;
  private final CredentialsSource source;
  private final ClientProof proof;

  /** Those that the provider accepted last, or is to be asked with first. */
  private volatile ClientCredentials credentials;

  /**
   * @param source where credentials are read again when the provider refuses them
   */
  TokenEndpoint(
      Clock clock, BackChannel backChannel, ProviderSettings settings, CredentialsSource source) {
    this.backChannel = backChannel;
    this.settings = settings;
    this.source = source;
    this.proof = new ClientProof(clock, settings);
    this.credentials = settings.client().credentials();
    this.validator = new TokenResponseValidator(clock, settings.checks().tolerances());
  }

  /**
   * Sends the request once: a code that is seen again is taken for stolen (section 4.1.2). Only
   * where the client itself was not accepted, so that nothing was looked at, it is sent once more,
   * if other credentials are found: secrets are changed without a restart.
   *
   * @throws LoginException the provider is in trouble, or its answer broke a rule
   */
  TokenResponse request(ProviderMetadata metadata, TokenRequest request) {
    ClientCredentials refused = credentials;
    TokenResponse response = send(metadata, request);
    return response instanceof TokenResponse.Refused refusal
            && refusal.isOfClient()
            && areOthersFound(refused)
        ? send(metadata, request)
        : response;
  }

  private TokenResponse send(ProviderMetadata metadata, TokenRequest request) {
    Parameters form = request.parameters().with(settings.request().tokenParameters());
    HttpAnswer answer = backChannel.post(metadata.tokenEndpoint(), authenticated(metadata, form));
    return validator.judge(request, answer.status(), members(answer));
  }

  /**
   * What is answered to a code that nobody ever issued; nothing comes of it. Empty if the answer is
   * no error as section 5.2 describes it.
   *
   * @throws LoginException the provider is in trouble
   */
  Optional<TokenResponse.Refused> redeemNothing(ProviderMetadata metadata, URI redirectUri) {
    Parameters form =
        Parameters.empty()
            .with("grant_type", "authorization_code")
            .with("code", "not-a-code")
            .with("redirect_uri", redirectUri.toString())
            .with("code_verifier", NO_VERIFIER)
            .with(settings.request().tokenParameters());
    HttpAnswer answer = backChannel.post(metadata.tokenEndpoint(), authenticated(metadata, form));
    return members(answer)
        .flatMap(members -> members.string("error"))
        .map(error -> new TokenResponse.Refused(answer.status(), OAuthError.of(error)));
  }

  private boolean areOthersFound(ClientCredentials refused) {
    Optional<ClientCredentials> found =
        source
            .read(settings.id())
            .filter(other -> other.clientId().equals(refused.clientId()))
            .filter(other -> !other.equals(refused));
    found.ifPresent(
        others -> {
          LOG.info(
              () ->
                  "The provider "
                      + settings.id()
                      + " refused the client's secret; the one that is set by now is taken.");
          credentials = others;
        });
    return found.isPresent();
  }

  /** The form with the client's authentication, as every endpoint of the back channel wants it. */
  AuthenticatedForm authenticated(ProviderMetadata metadata, Parameters form) {
    ClientCredentials current = credentials;
    ClientAuthenticationMethod method =
        settings
            .client()
            .authentication()
            .orElseGet(
                () -> ClientAuthenticationMethod.choose(current, metadata.authenticationMethods()));
    AuthenticatedForm authenticated =
        method.authenticate(proof.of(method, current, metadata, form), form);
    return new AuthenticatedForm(
        authenticated.form().renamed(settings.request().parameterNames()),
        authenticated.authorization());
  }

  private Optional<Claims> members(HttpAnswer answer) {
    Set<TokenResponseTolerance> tolerances = settings.checks().tolerances();
    boolean any = tolerances.contains(TokenResponseTolerance.ANY_CONTENT_TYPE);
    boolean isForm =
        any
            ? !answer.body().stripLeading().startsWith("{")
            : FORM_TYPES.contains(answer.mediaType());
    Optional<Claims> members;
    if (tolerances.contains(TokenResponseTolerance.FORM_ENCODED) && isForm) {
      members = formMembers(answer);
    } else {
      members = any ? answer.jsonOfAnyType() : answer.json();
    }
    return members.map(this::renamed);
  }

  /**
   * Each member under the name that RFC 6749 section 5 gives it. What is said to be elsewhere is
   * nowhere else: beside a user's access token there may be that of a bot, who is everybody. Only
   * errors are taken from wherever they are.
   */
  private Claims renamed(Claims members) {
    Map<String, String> names = settings.checks().memberNames();
    Map<String, Object> renamed = new HashMap<>(members.members());
    names.values().stream().filter(ours -> !OF_ERRORS.contains(ours)).forEach(renamed::remove);
    names.forEach(
        (theirs, ours) -> members.valueAt(theirs).ifPresent(value -> renamed.put(ours, value)));
    return new Claims(renamed);
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
