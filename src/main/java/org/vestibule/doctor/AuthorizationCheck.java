package org.vestibule.doctor;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.vestibule.protocol.OAuthError;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.authorization.AuthorizationRequest;
import org.vestibule.protocol.authorization.CodeVerifier;
import org.vestibule.provider.HttpProbe;
import org.vestibule.provider.HttpProbe.Visit;
import org.vestibule.provider.ProviderMetadata;
import org.vestibule.provider.ProviderSettings;

/**
 * Sends the authorization request of a login, for nobody and with {@code prompt=none}, and judges
 * by what comes back whether the redirection URI is registered: a server sends errors there only if
 * it is (RFC 6749 section 4.1.2.1).
 */
final class AuthorizationCheck {

  /** What a server says that would sign in somebody: nobody is there. */
  private static final Set<String> NOBODY_IS_THERE =
      Set.of(
          "login_required",
          "interaction_required",
          "consent_required",
          "account_selection_required",
          "access_denied");

  private static final Pattern COMPLAINT =
      Pattern.compile(
          "redirect_uri_mismatch|AADSTS50011|invalid[^<]{0,40}redirect"
              + "|redirect[^<]{0,120}(invalid|mismatch|not[ _](valid|registered|allowed|match))",
          Pattern.CASE_INSENSITIVE);

  private static final int REDIRECTIONS = 300;
  private static final int CLIENT_ERRORS = 400;
  private static final Set<Integer> REFUSALS = Set.of(400, 401);

  /** What the page that was answered is. */
  private enum Content {
    FORM_TO_US,
    COMPLAINT,
    OTHER
  }

  private final ProviderSettings settings;
  private final URI redirectUri;

  AuthorizationCheck(ProviderSettings settings, URI redirectUri) {
    this.settings = settings;
    this.redirectUri = redirectUri;
  }

  /**
   * @throws org.vestibule.protocol.LoginException nobody answers
   */
  List<Finding> perform(HttpProbe http, ProviderMetadata metadata, RandomValues random) {
    return judge(http.visit(request(metadata, random), this::content));
  }

  private URI request(ProviderMetadata metadata, RandomValues random) {
    ProviderSettings.Request wanted = settings.request();
    return new AuthorizationRequest(
            settings.client().credentials().clientId(),
            redirectUri,
            wanted.scope(),
            wanted.scopeSeparator(),
            random.next(),
            wanted.openId() ? Optional.of(random.next()) : Optional.empty(),
            wanted.pkce() ? Optional.of(CodeVerifier.generate(random)) : Optional.empty(),
            wanted.formPost() ? Optional.of("form_post") : Optional.empty(),
            wanted.authorizationParameters().without("prompt").with("prompt", "none"))
        .uri(metadata.authorizationEndpoint(), wanted.parameterNames());
  }

  private Content content(String body) {
    String action = redirectUri.toString();
    if (body.contains("action=\"" + action) || body.contains("action='" + action)) {
      return Content.FORM_TO_US;
    }
    return COMPLAINT.matcher(body).find() ? Content.COMPLAINT : Content.OTHER;
  }

  private List<Finding> judge(Visit<Content> visit) {
    int status = visit.answer().status();
    Optional<String> location = visit.answer().location();
    if (status >= REDIRECTIONS && status < CLIENT_ERRORS && location.isPresent()) {
      return judge(location.get());
    }
    if (visit.content().filter(Content.FORM_TO_US::equals).isPresent()) {
      return List.of(of(Symptom.REDIRECT_URI_ACCEPTED, ""));
    }
    if (REFUSALS.contains(status)) {
      boolean isOfUri = visit.content().filter(Content.COMPLAINT::equals).isPresent();
      return List.of(
          of(
              isOfUri ? Symptom.REDIRECT_URI_REFUSED : Symptom.AUTHORIZATION_REFUSED,
              redirectUri + ", answered " + status));
    }
    return List.of(of(Symptom.REDIRECT_URI_UNPROVEN, redirectUri + ", answered " + status));
  }

  private List<Finding> judge(String location) {
    boolean isOurs =
        location.equals(redirectUri.toString())
            || location.startsWith(redirectUri + "?")
            || location.startsWith(redirectUri + "&");
    if (!isOurs) {
      return List.of(
          COMPLAINT.matcher(location).find()
              ? of(Symptom.REDIRECT_URI_REFUSED, redirectUri.toString())
              : of(Symptom.REDIRECT_URI_UNPROVEN, redirectUri + ", answered with another page"));
    }
    Finding accepted = of(Symptom.REDIRECT_URI_ACCEPTED, "");
    return error(location)
        .filter(error -> !NOBODY_IS_THERE.contains(error.error()))
        .map(error -> List.of(accepted, of(Symptom.AUTHORIZATION_REFUSED, error.toString())))
        .orElseGet(() -> List.of(accepted));
  }

  private static Optional<OAuthError> error(String location) {
    try {
      Parameters parameters = Parameters.parse(location.replaceFirst("^[^?]*\\??", ""));
      return parameters
          .get("error")
          .map(error -> new OAuthError(error, parameters.get("error_description")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Finding of(Symptom symptom, String detail) {
    return Finding.of(symptom, Optional.of(settings.id()), detail);
  }
}
