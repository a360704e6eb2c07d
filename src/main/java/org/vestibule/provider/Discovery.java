package org.vestibule.provider;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Violation;

/** Reads what an issuer publishes about itself. */
final class Discovery {

  private static final int CLIENT_ERRORS = 400;
  private static final int SERVER_ERRORS = 500;

  private final Clock clock;
  private final BackChannel backChannel;
  private final ProviderSettings.Endpoints settings;
  private final PublishedCopy copy;

  Discovery(Clock clock, BackChannel backChannel, ProviderSettings settings) {
    this.clock = clock;
    this.backChannel = backChannel;
    this.settings = settings.endpoints();
    this.copy = PublishedCopy.of(settings, "metadata");
  }

  /**
   * @throws LoginException there are no metadata, they are another issuer's, or the provider is in
   *     trouble
   */
  ProviderMetadata read() {
    if (!settings.discovery()) {
      return ProviderMetadata.of(settings, Claims.NONE);
    }
    Claims published = published();
    ProviderMetadata metadata = ProviderMetadata.of(settings, published);
    copy.keep(published, clock.instant());
    return metadata;
  }

  /** Those that another run has read; they are judged as if they were read now. */
  Optional<LastGood.Old<ProviderMetadata>> kept() {
    try {
      return copy.last()
          .map(old -> new LastGood.Old<>(ProviderMetadata.of(settings, old.value()), old.readAt()));
    } catch (LoginException unusable) {
      return Optional.empty();
    }
  }

  /**
   * What the issuer publishes, as it is.
   *
   * @throws LoginException there is nothing, or the provider is in trouble
   */
  Claims published() {
    int status = 0;
    for (URI place : settings.metadata().map(List::of).orElseGet(this::places)) {
      HttpAnswer answer = backChannel.get(place);
      Optional<Claims> metadata =
          answer.status() == HttpAnswer.OK ? answer.json() : Optional.empty();
      if (metadata.isPresent()) {
        return metadata.get();
      }
      status = answer.status();
      if (status >= SERVER_ERRORS) {
        throw new LoginException(ProviderTrouble.UNEXPECTED_STATUS, place + " answered " + status);
      }
    }
    if (status >= CLIENT_ERRORS) {
      throw new LoginException(Violation.METADATA_MALFORMED, "the issuer answered " + status);
    }
    throw new LoginException(Violation.METADATA_MALFORMED, "the issuer answered no JSON object");
  }

  private List<URI> places() {
    return places(settings.issuer().orElseThrow());
  }

  /**
   * Below the issuer (OpenID Connect Discovery section 4.1), then between its host and its path
   * (RFC 8414 section 3.1). A slash at the issuer's end is left out for the address alone.
   */
  static List<URI> places(String issuer) {
    URI url = URI.create(issuer);
    String path = url.getRawPath().replaceFirst("/$", "");
    String host = url.getScheme() + "://" + url.getRawAuthority();
    return List.of(
        URI.create(host + path + "/.well-known/openid-configuration"),
        URI.create(host + "/.well-known/oauth-authorization-server" + path));
  }
}
