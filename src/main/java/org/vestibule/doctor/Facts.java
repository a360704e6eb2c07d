package org.vestibule.doctor;

import static org.vestibule.provider.ApplicationSettings.Paths.BACK_CHANNEL_LOGOUT;
import static org.vestibule.provider.ApplicationSettings.Paths.FRONT_CHANNEL_LOGOUT;
import static org.vestibule.provider.ApplicationSettings.Paths.INITIATE;
import static org.vestibule.provider.ApplicationSettings.Paths.JWKS;
import static org.vestibule.provider.ApplicationSettings.Paths.LOGGED_OUT;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vestibule.protocol.Claims;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.ClientKey;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.ProviderMetadata;
import org.vestibule.provider.ProviderSettings;

/** What reports say that is neither good nor bad. */
final class Facts {

  /** Members of a provider's metadata that are shown as they are. */
  private static final List<String> PUBLISHED =
      List.of(
          "scopes_supported",
          "response_types_supported",
          "response_modes_supported",
          "grant_types_supported",
          "code_challenge_methods_supported",
          "token_endpoint_auth_methods_supported",
          "id_token_signing_alg_values_supported",
          "acr_values_supported",
          "prompt_values_supported");

  private Facts() {}

  /** About the application. */
  static List<Fact> of(Configuration configuration, Site site) {
    ApplicationSettings settings = configuration.application();
    return Stream.of(
            Fact.of("public_url", site.origin(settings)),
            Fact.of("providers", List.copyOf(configuration.providers().keySet())),
            Optional.of(Fact.of("default_provider", configuration.defaultProvider())),
            Fact.of("protected_paths", settings.paths().protectedPaths()),
            Fact.of("public_paths", settings.paths().publicPaths()),
            Optional.of(Fact.of("cookies_sealed_with", ApplicationCheck.seal(configuration))))
        .flatMap(Optional::stream)
        .toList();
  }

  /** About a provider, from its settings. */
  static List<Fact> of(ProviderSettings settings) {
    return Stream.of(
            Optional.of(Fact.of("display_name", settings.displayName()))
                .filter(name -> !settings.displayName().equals(settings.id())),
            Fact.of("issuer", settings.endpoints().issuer()),
            Optional.of(Fact.of("client_id", settings.client().credentials().clientId())),
            Fact.of("scope", settings.request().scope().tokens().stream().toList()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** By their names in RFC 7591 section 2 and the specifications of OpenID Connect Logout. */
  static List<Fact> toRegister(
      ApplicationSettings application, ProviderSettings settings, Site site) {
    boolean hasKey =
        settings.client().teamId().isEmpty()
            && settings.client().key().flatMap(ClientKey::publicJwk).isPresent();
    return Stream.of(
            Optional.of(Fact.of("redirect_uri", site.redirectUri(application, settings))),
            Optional.of(
                Fact.of(
                    "post_logout_redirect_uri", site.address(application, settings, LOGGED_OUT))),
            openId(settings, "backchannel_logout_uri", application, site, BACK_CHANNEL_LOGOUT),
            openId(settings, "frontchannel_logout_uri", application, site, FRONT_CHANNEL_LOGOUT),
            openId(settings, "initiate_login_uri", application, site, INITIATE),
            Optional.of(Fact.of("jwks_uri", site.address(application, settings, JWKS)))
                .filter(fact -> hasKey))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Fact> openId(
      ProviderSettings settings,
      String name,
      ApplicationSettings application,
      Site site,
      String path) {
    return Optional.of(Fact.of(name, site.address(application, settings, path)))
        .filter(fact -> settings.request().openId());
  }

  /** What a provider says about itself, and is known of its endpoints. */
  static List<Fact> of(ProviderMetadata metadata, Claims published) {
    Stream<Optional<Fact>> endpoints =
        Stream.of(
            Fact.of("issuer", metadata.issuer()),
            Optional.of(Fact.of("authorization_endpoint", metadata.authorizationEndpoint())),
            Optional.of(Fact.of("token_endpoint", metadata.tokenEndpoint())),
            Fact.of("userinfo_endpoint", metadata.userInfoEndpoint()),
            Fact.of("jwks_uri", metadata.jwksUri()),
            Fact.of("end_session_endpoint", metadata.endSessionEndpoint()),
            Fact.of("revocation_endpoint", metadata.revocationEndpoint()));
    Stream<Optional<Fact>> offers =
        PUBLISHED.stream().map(name -> Fact.of(name, published.strings(name)));
    return Stream.concat(endpoints, offers).flatMap(Optional::stream).toList();
  }
}
