package org.vestibule.doctor;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.HttpProbe;

/**
 * Whether browsers that go to the public address come to this application: it asks there for what
 * it tells everybody about their session.
 */
final class CallbackCheck {

  private CallbackCheck() {}

  static List<Finding> perform(Clock clock, ApplicationSettings settings, Site site) {
    Optional<String> origin = site.origin(settings);
    if (origin.isEmpty()) {
      return List.of();
    }
    String address = site.address(settings, settings.paths().session());
    try {
      Optional<Claims> answer = HttpProbe.usual(clock).json(URI.create(address));
      boolean isThisOne =
          answer
              .flatMap(session -> session.string("login_url"))
              .filter((site.contextPath() + settings.paths().login())::equals)
              .isPresent();
      return List.of(
          of(isThisOne ? Symptom.PUBLIC_URL_LEADS_HERE : Symptom.PUBLIC_URL_ELSEWHERE, address));
    } catch (LoginException e) {
      return List.of(of(Symptom.PUBLIC_URL_UNREACHABLE, e.failure().cause() + ", " + e.detail()));
    }
  }

  private static Finding of(Symptom symptom, String detail) {
    return Finding.of(symptom, Optional.empty(), detail);
  }
}
