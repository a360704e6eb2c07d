package org.vestibule.login;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.protocol.Violation;
import org.vestibule.protocol.authorization.AuthorizationOutcome;
import org.vestibule.protocol.authorization.AuthorizationRequest;
import org.vestibule.protocol.authorization.AuthorizationResponse;
import org.vestibule.protocol.authorization.AuthorizationResponseValidator;
import org.vestibule.protocol.authorization.CodeVerifier;
import org.vestibule.protocol.authorization.GrantedAuthorization;
import org.vestibule.protocol.authorization.PendingAuthorization;
import org.vestibule.protocol.token.TokenRequest;
import org.vestibule.protocol.token.TokenResponse;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderMetadata;
import org.vestibule.provider.ProviderSettings;

/**
 * The authorization code grant, RFC 6749 section 4.1, steps A to E of figure 3, and the ID token of
 * OpenID Connect Core section 3.1. Thread-safe; holds no state.
 */
public final class AuthorizationCodeFlow {

  private final Clock clock;
  private final RandomValues random;
  private final AuthorizationResponseValidator responseValidator;

  /**
   * @param loginTimeout how long a user may be away at the provider
   */
  public AuthorizationCodeFlow(Clock clock, RandomValues random, Duration loginTimeout) {
    this.clock = clock;
    this.random = random;
    this.responseValidator = new AuthorizationResponseValidator(clock, loginTimeout);
  }

  /**
   * Step A: makes the authorization request, and what has to be remembered during step B.
   *
   * @param redirectUri where the answer shall come to
   * @param returnTo where the user goes afterwards: path, query and fragment within this
   *     application
   * @param requirement how the user has to be authenticated, beside what the settings say
   * @param more further parameters of the authorization request; what the settings say of one is
   *     not replaced
   * @param silent whether the provider shall show nothing ({@code prompt=none}); what the
   *     configuration says of {@code prompt} does not count then
   * @throws LoginException the provider's endpoints cannot be had now
   */
  public BegunLogin begin(
      Provider provider,
      URI redirectUri,
      String returnTo,
      AuthenticationRequirement requirement,
      Parameters more,
      boolean silent) {
    ProviderSettings settings = provider.settings();
    ProviderSettings.Request wanted = settings.request();
    ProviderMetadata metadata = provider.metadata();
    PendingAuthorization pending =
        new PendingAuthorization(
            settings.id(),
            provider.registration(),
            metadata.issuer(),
            metadata.issuerPromised(),
            random.next(),
            wanted.openId() ? Optional.of(random.next()) : Optional.empty(),
            wanted.pkce() ? Optional.of(CodeVerifier.generate(random)) : Optional.empty(),
            redirectUri,
            wanted.scope(),
            returnTo,
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            requirement,
            silent);
    AuthorizationRequest request =
        new AuthorizationRequest(
            settings.client().credentials().clientId(),
            redirectUri,
            wanted.scope(),
            wanted.scopeSeparator(),
            pending.state(),
            pending.nonce(),
            pending.verifier(),
            wanted.formPost() ? Optional.of("form_post") : Optional.empty(),
            parameters(wanted, more, pending));
    return new BegunLogin(
        request.uri(metadata.authorizationEndpoint(), wanted.parameterNames()), pending);
  }

  /** Those of the settings; the requirement's classes in place of theirs, and the shorter age. */
  private static Parameters parameters(
      ProviderSettings.Request settings, Parameters more, PendingAuthorization pending) {
    AuthenticationRequirement requirement = pending.requirement();
    Parameters all = together(settings.authorizationParameters(), more);
    if (pending.silent()) {
      all = all.without("prompt").with("prompt", "none");
    }
    if (!requirement.acrValues().isEmpty()) {
      all = all.without("acr_values").with("acr_values", String.join(" ", requirement.acrValues()));
    }
    if (requirement.maxAge().isPresent()) {
      Duration shorter =
          Stream.of(requirement.maxAge(), settings.maxAge())
              .flatMap(Optional::stream)
              .min(Comparator.naturalOrder())
              .orElseThrow();
      all = all.without("max_age").with("max_age", Long.toString(shorter.toSeconds()));
    }
    return all;
  }

  private static Parameters together(Parameters configured, Parameters more) {
    Parameters all = configured;
    for (String name : more.names()) {
      all = configured.contains(name) ? all : all.with(name, more.get(name));
    }
    return all;
  }

  /**
   * Steps C, D and E: judges the answer, redeems the code and finds out who it is. Nothing of the
   * tokens gets out before every check has passed.
   *
   * @param provider the one that {@code pending} names
   * @throws LoginException a rule was broken, or the provider is in trouble
   */
  public LoginResult complete(
      Provider provider, AuthorizationResponse response, PendingAuthorization pending) {
    AuthorizationOutcome outcome =
        responseValidator.judge(response, pending, provider.settings().endpoints().issuers());
    if (outcome instanceof AuthorizationOutcome.Denied denied) {
      return new LoginResult.Denied(denied.error());
    }
    GrantedAuthorization authorization = ((AuthorizationOutcome.Granted) outcome).authorization();
    requireSameIssuer(provider, pending);
    Tokens tokens = redeem(provider, authorization);
    Identification.Found found =
        new Identification(provider).identify(tokens, pending.nonce(), pending.requirement());
    requireIssuerOf(authorization, found.identity().issuer());
    return new LoginResult.Success(
        new SignedIn(
            found.identity(), found.authentication(), tokens, clock.instant(), csrfToken()),
        found.remarks());
  }

  /**
   * The settings may have changed while the user was away: a code goes to nobody but the one that
   * it was asked of (RFC 9700 section 4.4.2).
   */
  private static void requireSameIssuer(Provider provider, PendingAuthorization pending) {
    Optional<String> issuer = provider.settings().endpoints().issuer();
    if (!issuer.equals(pending.issuer())) {
      throw LoginException.differs(
          Violation.ISSUER_MISMATCH, pending.issuer().orElse(""), issuer.orElse(""));
    }
  }

  /** Where there are many tenants, the one that granted and the one that signed are the same. */
  private static void requireIssuerOf(GrantedAuthorization authorization, String issuer) {
    if (authorization.issuer().filter(named -> !named.equals(issuer)).isPresent()) {
      throw LoginException.differs(
          Violation.ISSUER_MISMATCH, issuer, authorization.issuer().orElse(""));
    }
  }

  private static Tokens redeem(Provider provider, GrantedAuthorization authorization) {
    TokenResponse response =
        provider.requestTokens(new TokenRequest.AuthorizationCode(authorization));
    if (response instanceof TokenResponse.Issued issued) {
      boolean openId = authorization.pending().nonce().isPresent();
      Tokens tokens = openId ? issued.tokens() : issued.tokens().withoutIdToken();
      return tokens.sharing(provider.settings().request().scope());
    }
    throw Refusals.of((TokenResponse.Refused) response, ProviderTrouble.CODE_REFUSED);
  }

  private Secret csrfToken() {
    return random.next();
  }
}
