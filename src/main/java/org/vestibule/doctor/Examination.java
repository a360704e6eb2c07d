package org.vestibule.doctor;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Violation;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.ConfigurationProblem;
import org.vestibule.provider.ConfigurationProblem.Mistake;
import org.vestibule.provider.ProviderMetadata;
import org.vestibule.provider.ProviderProbe;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.provider.Setting;

/** The examination of one provider, once. For one thread. */
final class Examination {

  /** For a request that must name one, where the application's is not known. */
  private static final String ANY_ORIGIN = "http://localhost";

  private final Clock clock;
  private final RandomValues random;
  private final Configuration configuration;
  private final Site site;
  private final ProviderSettings settings;
  private final ProviderProbe probe;
  private final Set<Finding> findings = new LinkedHashSet<>();
  private List<Fact> published = List.of();
  private List<String> unused = List.of();

  Examination(
      Clock clock,
      RandomValues random,
      Configuration configuration,
      Site site,
      ProviderSettings settings) {
    this.clock = clock;
    this.random = random;
    this.configuration = configuration;
    this.site = site;
    this.settings = settings;
    this.probe = new ProviderProbe(clock, settings);
  }

  Set<Finding> findings() {
    return findings;
  }

  List<Fact> published() {
    return published;
  }

  List<String> unused() {
    return unused;
  }

  void perform() {
    List<URI> endpoints = new ArrayList<>();
    attempt(
        () -> {
          Claims document = probe.published();
          ProviderMetadata metadata = probe.metadata(document);
          MetadataCheck.endpoints(metadata).forEach(endpoints::add);
          examine(document, metadata);
          return List.of();
        });
    findings.addAll(ConnectionCheck.judge(clock, settings, probe.http().answers(), endpoints));
  }

  private void examine(Claims document, ProviderMetadata metadata) {
    published = Facts.of(metadata, document);
    unused = Offer.unused(settings, document);
    findings.addAll(MetadataCheck.judge(settings, document, metadata));
    judgeMixUp(metadata);
    if (settings.request().openId()) {
      attempt(() -> KeyCheck.judge(settings, probe.keys(jwksUri(metadata))));
    }
    attempt(
        () ->
            List.of(
                ClientCheck.judge(settings.id(), probe.redeemNothing(metadata, anyRedirectUri()))));
    redirectUri()
        .ifPresent(
            uri ->
                attemptAsBrowser(
                    () ->
                        new AuthorizationCheck(settings, uri)
                            .perform(probe.http(), metadata, random)));
    reachTheRest(metadata);
  }

  private static URI jwksUri(ProviderMetadata metadata) {
    return metadata
        .jwksUri()
        .orElseThrow(() -> new LoginException(Violation.METADATA_MALFORMED, "no jwks_uri"));
  }

  /** RFC 9207: who answers is to be told apart by what it says, where the address is the same. */
  private void judgeMixUp(ProviderMetadata metadata) {
    boolean isAmongOthers = configuration.providers().size() > 1;
    if (isAmongOthers && settings.endpoints().discovery() && !metadata.issuerPromised()) {
      findings.add(
          Finding.of(
              new ConfigurationProblem(
                  Mistake.SHARED_REDIRECT_URI,
                  Setting.PREFIX + Setting.REDIRECT_URI.key(),
                  "",
                  settings.id())));
    }
  }

  /** What logins can do without, but users notice. */
  private void reachTheRest(ProviderMetadata metadata) {
    metadata.userInfoEndpoint().ifPresent(this::reach);
    MetadataCheck.endpoints(metadata).filter(url -> !probe.http().knows(url)).forEach(this::reach);
  }

  private void reach(URI url) {
    try {
      probe.http().visit(url, body -> true);
    } catch (LoginException e) {
      findings.add(Finding.of(e, settings.id()).asWarning());
    }
  }

  /**
   * What browsers ask need not be reachable from here: a provider may have another address inside.
   */
  private void attemptAsBrowser(Supplier<List<Finding>> check) {
    try {
      findings.addAll(check.get());
    } catch (LoginException e) {
      findings.add(Finding.of(e, settings.id()).asWarning());
    }
  }

  private void attempt(Supplier<List<Finding>> check) {
    try {
      findings.addAll(check.get());
    } catch (LoginException e) {
      findings.add(Finding.of(e, settings.id()));
    }
  }

  private Optional<URI> redirectUri() {
    String uri = site.redirectUri(configuration.application(), settings);
    return uri.contains("{") ? Optional.empty() : Optional.of(URI.create(uri));
  }

  private URI anyRedirectUri() {
    String uri = site.redirectUri(configuration.application(), settings);
    return URI.create(uri.replace("{public-url}", ANY_ORIGIN));
  }
}
