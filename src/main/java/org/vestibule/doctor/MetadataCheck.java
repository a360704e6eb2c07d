package org.vestibule.doctor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.provider.ProviderMetadata;
import org.vestibule.provider.ProviderSettings;

/**
 * Compares what is set with what the provider publishes (RFC 8414 section 2, OpenID Connect
 * Discovery section 3). What it does not publish it may do all the same.
 */
final class MetadataCheck {

  private final ProviderSettings settings;
  private final Claims published;
  private final ProviderMetadata metadata;
  private final List<Finding> findings = new ArrayList<>();

  private MetadataCheck(ProviderSettings settings, Claims published, ProviderMetadata metadata) {
    this.settings = settings;
    this.published = published;
    this.metadata = metadata;
  }

  static List<Finding> judge(
      ProviderSettings settings, Claims published, ProviderMetadata metadata) {
    MetadataCheck check = new MetadataCheck(settings, published, metadata);
    if (settings.endpoints().discovery()) {
      check.add(Symptom.METADATA_FINE, settings.endpoints().issuer().orElse(""));
      check.judgeCodeFlow();
      check.judgePkce();
      check.judgeResponseMode();
      check.judgeScope();
      check.judgeAlgorithms();
      check.judgeAuthentication();
      check.judgeHosts();
    }
    check.judgeLogout();
    return check.findings;
  }

  private void judgeCodeFlow() {
    boolean isLeftOut =
        isLeftOut("response_types_supported", "code")
            || isLeftOut("grant_types_supported", "authorization_code");
    if (isLeftOut) {
      add(Symptom.CODE_FLOW_NOT_OFFERED, "");
    }
    if (Offer.isOn(published, "require_pushed_authorization_requests")) {
      add(Symptom.PUSHED_REQUESTS_REQUIRED, "");
    }
  }

  private boolean isLeftOut(String member, String value) {
    return published.has(member) && !published.strings(member).contains(value);
  }

  private void judgePkce() {
    List<String> methods = published.strings("code_challenge_methods_supported");
    boolean hasS256 = methods.contains("S256");
    if (hasS256) {
      add(settings.request().pkce() ? Symptom.PKCE_OFFERED : Symptom.PKCE_UNUSED, "");
    } else if (!methods.isEmpty()) {
      add(Symptom.PKCE_NOT_OFFERED, String.join(", ", methods));
    } else if (settings.request().pkce()) {
      add(Symptom.PKCE_UNKNOWN, "");
    }
  }

  private void judgeResponseMode() {
    if (settings.request().formPost() && isLeftOut("response_modes_supported", "form_post")) {
      add(Symptom.RESPONSE_MODE_NOT_OFFERED, "form_post");
    } else if (!settings.request().formPost() && isLeftOut("response_modes_supported", "query")) {
      add(Symptom.RESPONSE_MODE_NOT_OFFERED, "query");
    }
  }

  private void judgeScope() {
    List<String> known = published.strings("scopes_supported");
    List<String> others =
        settings.request().scope().tokens().stream()
            .filter(scope -> !known.contains(scope))
            .toList();
    if (!known.isEmpty() && !others.isEmpty()) {
      add(Symptom.SCOPE_NOT_OFFERED, String.join(" ", others));
    }
  }

  private void judgeAlgorithms() {
    List<String> offered = published.strings("id_token_signing_alg_values_supported");
    Set<String> allowed = settings.checks().allowedAlgorithms();
    if (settings.request().openId()
        && !offered.isEmpty()
        && offered.stream().noneMatch(allowed::contains)) {
      add(Symptom.ALGORITHM_NOT_OFFERED, "it names " + String.join(", ", offered));
    }
  }

  private void judgeAuthentication() {
    Set<String> offered = metadata.authenticationMethods();
    String method =
        settings
            .client()
            .authentication()
            .orElseGet(
                () -> ClientAuthenticationMethod.choose(settings.client().credentials(), offered))
            .registeredName();
    if (!offered.isEmpty() && !offered.contains(method)) {
      add(
          Symptom.AUTHENTICATION_NOT_OFFERED,
          method + "; it names " + String.join(", ", offered.stream().sorted().toList()));
    }
    if (Offer.hasBetterAuthentication(settings, published)) {
      add(Symptom.CLIENT_KEY_OFFERED, "");
    }
  }

  private void judgeHosts() {
    String issuer = host(URI.create(settings.endpoints().issuer().orElse("")));
    List<String> others =
        endpoints(metadata)
            .map(MetadataCheck::host)
            .filter(host -> !host.equals(issuer))
            .distinct()
            .toList();
    if (!others.isEmpty()) {
      add(Symptom.ENDPOINT_ELSEWHERE, String.join(", ", others));
    }
  }

  /** Those that the back channel or a browser goes to. */
  static Stream<URI> endpoints(ProviderMetadata metadata) {
    return Stream.concat(
        Stream.of(metadata.authorizationEndpoint(), metadata.tokenEndpoint()),
        Stream.of(
                metadata.userInfoEndpoint(),
                metadata.jwksUri(),
                metadata.endSessionEndpoint(),
                metadata.revocationEndpoint())
            .flatMap(Optional::stream));
  }

  private static String host(URI url) {
    return Objects.toString(url.getHost(), "").toLowerCase(Locale.ROOT);
  }

  private void judgeLogout() {
    if (metadata.endSessionEndpoint().isEmpty()) {
      add(Symptom.NO_END_SESSION, "");
    }
    if (metadata.revocationEndpoint().isEmpty()) {
      add(Symptom.NO_REVOCATION, "");
    }
    if (Offer.isOn(published, "backchannel_logout_supported")) {
      add(Symptom.BACK_CHANNEL_LOGOUT_OFFERED, "");
    }
  }

  private void add(Symptom symptom, String detail) {
    findings.add(Finding.of(symptom, Optional.of(settings.id()), detail));
  }
}
