package org.vestibule.provider;

import java.net.URI;
import java.util.Optional;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Reads where a provider is. */
final class EndpointSettingsReader {

  private EndpointSettingsReader() {}

  static ProviderSettings.Endpoints read(Values values) {
    Optional<String> issuer =
        values.url(Setting.ISSUER).filter(url -> isIssuer(values, url)).map(URI::toString);
    boolean discovery = values.either(Setting.DISCOVERY, "auto", "off");
    if (!discovery && values.isSet(Setting.METADATA_URI)) {
      values.report(Mistake.MALFORMED, Setting.METADATA_URI, "discovery is off");
    }
    boolean named =
        values.isSet(Setting.AUTHORIZATION_ENDPOINT) && values.isSet(Setting.TOKEN_ENDPOINT);
    if (!named && !values.isSet(Setting.ISSUER)) {
      values.report(Mistake.NO_ENDPOINT, Setting.ISSUER, "");
    } else if (!named && !discovery) {
      values.report(Mistake.NO_ENDPOINT, Setting.DISCOVERY, "discovery is off");
    }
    return new ProviderSettings.Endpoints(
        IssuerSettingsReader.read(values, issuer.orElse("")),
        discovery && issuer.isPresent(),
        values.url(Setting.METADATA_URI),
        values.url(Setting.AUTHORIZATION_ENDPOINT),
        values.url(Setting.TOKEN_ENDPOINT),
        values.url(Setting.USERINFO_ENDPOINT),
        values.url(Setting.JWKS_URI),
        values.url(Setting.END_SESSION_ENDPOINT),
        values.url(Setting.REVOCATION_ENDPOINT));
  }

  /** An issuer has no query (OpenID Connect Core section 1.2). */
  private static boolean isIssuer(Values values, URI url) {
    if (url.getRawQuery() != null) {
      values.report(Mistake.MALFORMED, Setting.ISSUER, "an issuer has no query");
      return false;
    }
    return true;
  }
}
