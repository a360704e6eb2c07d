package org.vestibule.provider;

import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.token.TokenResponseTolerance;
import org.vestibule.provider.ConfigurationProblem.Mistake;
import org.vestibule.provider.ProviderSettings.ClaimSource;

/** Reads what is set about one provider. */
final class ProviderSettingsReader {

  static final Set<String> ALGORITHMS =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");
  private static final Map<String, ClaimSource> CLAIM_SOURCES =
      Map.of(
          "id-token",
          ClaimSource.ID_TOKEN,
          "userinfo",
          ClaimSource.USERINFO,
          "access-token",
          ClaimSource.ACCESS_TOKEN);
  private static final String CLIENT_ID_PLACEHOLDER = "{client-id}";
  private static final String PROXY = "([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}";
  private static final int HIGHEST_PORT = 65535;
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  private static final Set<String> OWN_OF_LOGOUT_REQUEST =
      Set.of("id_token_hint", "client_id", "state");

  private ProviderSettingsReader() {}

  static ProviderSettings read(String id, Values values) {
    ProviderSettings.Endpoints endpoints = EndpointSettingsReader.read(values);
    ProviderSettings.Client client = ClientSettingsReader.read(values);
    return new ProviderSettings(
        id,
        values.text(Setting.DISPLAY_NAME).orElse(id),
        endpoints,
        client,
        RequestSettingsReader.read(values, endpoints, client),
        caller(values, client.credentials().clientId()),
        checks(values),
        http(values),
        new ProviderSettings.Refresh(
            values.either(Setting.REFRESH, "auto", "off"),
            values.duration(Setting.REFRESH_LEAD, Duration.ZERO, DAY),
            values.duration(Setting.REFRESH_GRACE, Duration.ZERO, Duration.ofMinutes(5))),
        logout(values),
        ChoiceSettingsReader.taken(values));
  }

  private static ProviderSettings.Logout logout(Values values) {
    String redirect = values.text(Setting.LOGOUT_REDIRECT_PARAMETER).orElse("");
    if (!redirect.matches(RequestSettingsReader.PARAMETER_NAME)
        || OWN_OF_LOGOUT_REQUEST.contains(redirect)) {
      values.report(Mistake.MALFORMED, Setting.LOGOUT_REDIRECT_PARAMETER, "a parameter's name");
    }
    return new ProviderSettings.Logout(
        values.either(Setting.LOGOUT_ID_TOKEN_HINT, "auto", "off"),
        redirect,
        RequestSettingsReader.parameters(
            values,
            Setting.LOGOUT_PARAMETERS,
            name -> OWN_OF_LOGOUT_REQUEST.contains(name) || name.equals(redirect)));
  }

  private static ProviderSettings.Caller caller(Values values, String clientId) {
    return new ProviderSettings.Caller(
        values.choices(Setting.CLAIMS_FROM, word -> Optional.ofNullable(CLAIM_SOURCES.get(word))),
        values.text(Setting.SUBJECT_CLAIM).orElse(Setting.SUBJECT_CLAIM.defaultValue()),
        values.list(Setting.NAME_CLAIM),
        values.list(Setting.ROLES_CLAIM).stream()
            .map(path -> rolesClaim(values, path, clientId))
            .toList(),
        values.map(Setting.ROLES_MAP));
  }

  private static String rolesClaim(Values values, String path, String clientId) {
    if (path.replace(CLIENT_ID_PLACEHOLDER, "").matches(".*[{}].*")) {
      values.report(Mistake.MALFORMED, Setting.ROLES_CLAIM, "only {client-id} can stand in braces");
    }
    return path.replace(CLIENT_ID_PLACEHOLDER, clientId);
  }

  private static ProviderSettings.Checks checks(Values values) {
    return new ProviderSettings.Checks(
        values.duration(Setting.CLOCK_SKEW, Duration.ZERO, Duration.ofMinutes(10)),
        Set.copyOf(
            values.choices(
                Setting.ALLOWED_ALGORITHMS,
                word -> Optional.of(word).filter(ALGORITHMS::contains))),
        Set.copyOf(values.list(Setting.AUDIENCE)),
        Set.copyOf(values.choices(Setting.TOKEN_RESPONSE_TOLERANCE, TokenResponseTolerance::of)),
        ParameterNames.ofResponse(values));
  }

  private static ProviderSettings.Http http(Values values) {
    return new ProviderSettings.Http(
        values.duration(Setting.CONNECT_TIMEOUT, MILLISECOND, MINUTE),
        values.duration(Setting.READ_TIMEOUT, MILLISECOND, MINUTE),
        proxy(values),
        values.integer(Setting.MAXIMUM_RESPONSE_SIZE, 1024, 64 * 1024 * 1024),
        values.duration(Setting.METADATA_REFRESH, Duration.ofSeconds(1), DAY),
        trustedCertificates(values),
        metadataCacheDirectory(values));
  }

  private static Optional<String> metadataCacheDirectory(Values values) {
    Optional<String> directory = values.text(Setting.METADATA_CACHE_DIRECTORY);
    if (directory.isPresent() && !isSafe(directory.get())) {
      values.report(Mistake.CACHE_UNUSABLE, Setting.METADATA_CACHE_DIRECTORY, "");
      return Optional.empty();
    }
    return directory;
  }

  private static boolean isSafe(String directory) {
    try {
      return PublishedCopy.isSafe(Path.of(directory));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Optional<String> trustedCertificates(Values values) {
    Optional<Path> file = values.file(Setting.TLS_TRUST_STORE_FILE);
    Optional<char[]> password =
        values.text(Setting.TLS_TRUST_STORE_PASSWORD).map(String::toCharArray);
    Optional<String> certificates = file.flatMap(path -> TrustedCertificates.in(path, password));
    if (file.isPresent() && certificates.isEmpty()) {
      values.report(Mistake.TRUST_STORE_UNUSABLE, Setting.TLS_TRUST_STORE_FILE, "");
    }
    return certificates;
  }

  private static Optional<InetSocketAddress> proxy(Values values) {
    Optional<String> text = values.text(Setting.PROXY);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int colon = text.get().lastIndexOf(':');
    int port = text.get().matches(PROXY) ? Integer.parseInt(text.get().substring(colon + 1)) : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      values.report(Mistake.MALFORMED, Setting.PROXY, "host:port");
      return Optional.empty();
    }
    return Optional.of(InetSocketAddress.createUnresolved(text.get().substring(0, colon), port));
  }
}
