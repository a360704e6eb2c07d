package org.vestibule.doctor;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.ApplicationSettings.DoctorAccess;
import org.vestibule.provider.BackChannelUrl;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.IpNetwork;
import org.vestibule.provider.ProviderSettings;

/** What is risky about settings that are all right by themselves. */
final class ApplicationCheck {

  /** What a company may have of IPv4 or was given of IPv6; more is everybody's. */
  private static final int LARGEST_NETWORK = 7;

  private static final Duration WIDE_SKEW = Duration.ofMinutes(2);

  private ApplicationCheck() {}

  static List<Finding> judge(Configuration configuration, Site site) {
    ApplicationSettings settings = configuration.application();
    List<Finding> findings = new ArrayList<>();
    if (seal(configuration).equals(CLIENT_SECRET)) {
      findings.add(of(Symptom.KEY_FROM_SECRET, ""));
    }
    String wide =
        String.join(
            ", ",
            settings.browser().trustedProxies().stream()
                .filter(network -> network.prefix() <= LARGEST_NETWORK)
                .map(IpNetwork::toString)
                .toList());
    if (!wide.isEmpty()) {
      findings.add(of(Symptom.PROXIES_WIDE, wide));
    }
    if (!settings.paths().protectedPaths().contains("/*")) {
      findings.add(
          of(Symptom.OPEN_BY_DEFAULT, String.join(", ", settings.paths().protectedPaths())));
    }
    if (site.remembersPaths()) {
      findings.add(of(Symptom.PATHS_REMEMBERED, ""));
    }
    addressed(settings, site).ifPresent(findings::add);
    configuration.providers().values().forEach(provider -> judge(provider, findings));
    return findings;
  }

  private static void judge(ProviderSettings provider, List<Finding> findings) {
    Duration skew = provider.checks().clockSkew();
    if (skew.compareTo(WIDE_SKEW) > 0) {
      findings.add(
          Finding.of(Symptom.CLOCK_SKEW_WIDE, Optional.of(provider.id()), skew.toString()));
    }
  }

  private static Optional<Finding> addressed(ApplicationSettings settings, Site site) {
    boolean isWrittenOut = !settings.browser().redirectUri().contains("{public-url}");
    Optional<String> url = settings.browser().publicUrl();
    boolean isProxied = !settings.browser().trustedProxies().isEmpty();
    if (url.isEmpty() && !isWrittenOut && !isProxied) {
      return Optional.of(of(Symptom.PUBLIC_URL_UNSET, site.origin().orElse("")));
    }
    boolean isHere =
        !isProxied
            && BackChannelUrl.isLoopback(
                URI.create(url.orElseGet(() -> site.redirectUri(settings))).getHost());
    return settings.operations().doctor() == DoctorAccess.LOOPBACK && !isHere
        ? Optional.of(of(Symptom.DOCTOR_OPEN, "doctor=loopback"))
        : Optional.empty();
  }

  private static final String KEY_FILE = "encryption-key-file";
  private static final String CLIENT_SECRET = "a key made from the client's secret or key";
  private static final String RUN = "a key that lives as long as this run";

  /** What cookies are sealed with, in words. */
  static String seal(Configuration configuration) {
    if (configuration.application().session().encryptionKey().isPresent()) {
      return KEY_FILE;
    }
    boolean hasSecret =
        configuration.providers().values().stream()
            .map(ProviderSettings::client)
            .anyMatch(
                client ->
                    client.credentials().clientSecret().isPresent() || client.key().isPresent());
    return hasSecret ? CLIENT_SECRET : RUN;
  }

  private static Finding of(Symptom symptom, String detail) {
    return Finding.of(symptom, Optional.empty(), detail);
  }
}
