package org.vestibule.provider;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.authorization.AuthorizationRequest;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Reads what a provider is asked for, and how. */
final class RequestSettingsReader {

  private static final String OPENID = "openid";

  /** RFC 6749 section 3.3, but for the comma, which separates here. */
  private static final String SCOPE_TOKEN = "[\\x21\\x23-\\x2B\\x2D-\\x5B\\x5D-\\x7E]+";

  /** RFC 6749 section 8.2. */
  static final String PARAMETER_NAME = "[-._A-Za-z0-9]+";

  /** OpenID Connect Core section 3.1.2.1 and Prompt Create. */
  private static final Set<String> PROMPTS =
      Set.of("none", "login", "consent", "select_account", "create");

  private static final Set<String> WITH_A_SETTING =
      Set.of("prompt", "max_age", "acr_values", "ui_locales");

  /** What the result is verified for, and what ends a login where the provider has to ask. */
  private static final Set<String> CHECKED = Set.of("max_age", "acr_values", "claims");

  static final Set<String> OWN_OF_TOKEN_REQUEST =
      Set.of(
          "grant_type",
          "code",
          "redirect_uri",
          "client_id",
          "client_secret",
          "client_assertion",
          "client_assertion_type",
          "code_verifier",
          "refresh_token");

  private RequestSettingsReader() {}

  static ProviderSettings.Request read(
      Values values, ProviderSettings.Endpoints endpoints, ProviderSettings.Client client) {
    boolean idToken = values.either(Setting.ID_TOKEN, "required", "ignored");
    Scope scope = scope(values, endpoints, idToken);
    boolean openId = scope.isOpenId() && idToken;
    if (scope.isOpenId() && !idToken) {
      values.report(Mistake.ID_TOKEN_IGNORED, Setting.ID_TOKEN, "");
    }
    Optional<Duration> maxAge =
        values.optionalDuration(Setting.MAX_AGE, Duration.ZERO, Duration.ofDays(366));
    List<String> acrValues = values.words(Setting.ACR_VALUES);
    for (Setting setting : List.of(Setting.MAX_AGE, Setting.ACR_VALUES, Setting.ISSUER_TEMPLATE)) {
      if (values.isSet(setting) && !openId) {
        values.report(Mistake.CHECK_NEEDS_OPENID, setting, "");
      }
    }
    Predicate<String> own =
        name -> AuthorizationRequest.OWN.contains(name) || WITH_A_SETTING.contains(name);
    Parameters authorizationParameters =
        parameters(values, Setting.AUTHORIZATION_PARAMETERS, own)
            .with("prompt", joined(prompt(values)))
            .with("max_age", maxAge.map(age -> Long.toString(age.toSeconds())))
            .with("acr_values", joined(acrValues))
            .with("ui_locales", joined(values.words(Setting.UI_LOCALES)));
    checkQuery(values, endpoints, authorizationParameters);
    return new ProviderSettings.Request(
        scope,
        openId,
        values.choice(Setting.SCOPE_SEPARATOR, separators()),
        values.either(Setting.RESPONSE_MODE, "form_post", "query"),
        values.either(Setting.CALLBACK_FRAGMENT, "drop", "keep"),
        pkce(values, client),
        maxAge,
        acrValues,
        authorizationParameters,
        ParameterNames.ofRequest(values, authorizationParameters),
        parameters(values, Setting.TOKEN_PARAMETERS, OWN_OF_TOKEN_REQUEST::contains),
        forwardParameters(values));
  }

  /** Those that a check hangs on are the application's own to say. */
  private static Set<String> forwardParameters(Values values) {
    Set<String> names = new LinkedHashSet<>(values.words(Setting.FORWARD_PARAMETERS));
    for (String name : names) {
      if (!name.matches(PARAMETER_NAME)) {
        values.report(Mistake.MALFORMED, Setting.FORWARD_PARAMETERS, "names of parameters");
      } else if (AuthorizationRequest.OWN.contains(name) || CHECKED.contains(name)) {
        values.report(Mistake.RESERVED_PARAMETER, Setting.FORWARD_PARAMETERS, name);
      }
    }
    return Collections.unmodifiableSet(names);
  }

  /** What the endpoint's own query has cannot be said again; the query is retained. */
  private static void checkQuery(
      Values values, ProviderSettings.Endpoints endpoints, Parameters parameters) {
    endpoints
        .authorization()
        .flatMap(endpoint -> AuthorizationRequest.repeatedInQuery(endpoint, parameters))
        .ifPresent(
            name ->
                values.report(
                    Mistake.DUPLICATE_PARAMETER,
                    Setting.AUTHORIZATION_ENDPOINT,
                    AuthorizationRequest.OWN.contains(name) ? name : ""));
  }

  private static Scope scope(Values values, ProviderSettings.Endpoints endpoints, boolean idToken) {
    if (!values.isSet(Setting.SCOPE) && !values.isSet(Setting.ISSUER)) {
      return Scope.NONE;
    }
    Scope scope = Scope.of(values.words(Setting.SCOPE));
    if (!scope.tokens().stream().allMatch(token -> token.matches(SCOPE_TOKEN))) {
      values.report(
          Mistake.MALFORMED, Setting.SCOPE, "a scope has printable ASCII characters only");
    }
    if (!scope.isOpenId() && scope.tokens().stream().anyMatch(RequestSettingsReader::isMisspelt)) {
      values.report(Mistake.MALFORMED, Setting.SCOPE, "openid is misspelt");
    }
    if (!idToken) {
      return scope;
    }
    if (scope.isOpenId() && !values.isSet(Setting.ISSUER)) {
      values.report(Mistake.OPENID_NEEDS_ISSUER, Setting.SCOPE, "");
    }
    if (scope.isOpenId()
        && endpoints.issuer().isPresent()
        && !endpoints.discovery()
        && !values.isSet(Setting.JWKS_URI)) {
      values.report(Mistake.KEYS_NEEDED, Setting.JWKS_URI, "");
    }
    return scope;
  }

  /** Without openid nobody verifies an ID token: that must not be the work of a slip. */
  private static boolean isMisspelt(String token) {
    return token.equalsIgnoreCase(OPENID) || EditDistance.between(token, OPENID) == 1;
  }

  private static Map<String, String> separators() {
    Map<String, String> separators = new LinkedHashMap<>();
    separators.put("space", " ");
    separators.put("comma", ",");
    separators.put("plus", "+");
    separators.put(",", ",");
    separators.put("+", "+");
    return separators;
  }

  private static boolean pkce(Values values, ProviderSettings.Client client) {
    boolean pkce = values.either(Setting.PKCE, "required", "off");
    if (!pkce) {
      boolean isPublic =
          client.authentication().equals(Optional.of(ClientAuthenticationMethod.NONE));
      values.report(isPublic ? Mistake.PKCE_NEEDED : Mistake.PKCE_OFF, Setting.PKCE, "");
    }
    return pkce;
  }

  private static List<String> prompt(Values values) {
    List<String> prompt = values.words(Setting.PROMPT);
    boolean alone = !prompt.contains("none") || prompt.size() == 1;
    if (!alone || !PROMPTS.containsAll(prompt)) {
      values.report(
          Mistake.MALFORMED,
          Setting.PROMPT,
          "login, consent, select_account and create, or none alone");
    }
    return prompt;
  }

  /** {@code name=value,name=value}; a value may have anything but a comma. */
  static Parameters parameters(Values values, Setting setting, Predicate<String> own) {
    Parameters parameters = Parameters.empty();
    for (String pair : values.list(setting)) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, Math.max(0, equals)).strip();
      if (!name.matches(PARAMETER_NAME)) {
        values.report(Mistake.MALFORMED, setting, "name=value,name=value");
      } else if (own.test(name)) {
        values.report(Mistake.RESERVED_PARAMETER, setting, name);
      } else if (parameters.contains(name) && !name.equals(AuthorizationRequest.REPEATABLE)) {
        values.report(Mistake.DUPLICATE_PARAMETER, setting, "");
      } else {
        parameters = parameters.with(name, pair.substring(equals + 1).strip());
      }
    }
    return parameters;
  }

  private static Optional<String> joined(List<String> words) {
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
  }
}
