package org.vestibule.web;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Parameters;
import org.vestibule.provider.AccessRule;

/**
 * Which login it has to be: by whom, and how the user has to be authenticated. Immutable.
 *
 * @param provider id of the provider; null for the default, or for the user to choose
 */
record WantedLogin(@Nullable String provider, AuthenticationRequirement authentication) {

  /** Any. */
  static final WantedLogin ANY = new WantedLogin(null, AuthenticationRequirement.NONE);

  private static final String PROVIDER = "provider";
  private static final String ACR_VALUES = "acr_values";
  private static final String MAX_AGE = "max_age";
  private static final int LONGEST_ACR_VALUES = 1000;

  static WantedLogin by(@Nullable String provider) {
    return provider == null ? ANY : new WantedLogin(provider, AuthenticationRequirement.NONE);
  }

  /** The one that a rule wants. */
  static WantedLogin of(@Nullable AccessRule rule) {
    return rule == null
        ? ANY
        : new WantedLogin(rule.provider().orElse(null), rule.authentication());
  }

  /** The one that the query of the login address names; what is not understood is not there. */
  static WantedLogin of(Parameters query) {
    return new WantedLogin(
        query.contains(PROVIDER) ? query.get(PROVIDER).orElse("") : null,
        new AuthenticationRequirement(
            query.get(ACR_VALUES).map(WantedLogin::acrValues).orElse(List.of()),
            query.get(MAX_AGE).flatMap(WantedLogin::maxAge)));
  }

  /** The same, by a provider that is chosen now. */
  WantedLogin at(String chosen) {
    return new WantedLogin(chosen, authentication);
  }

  private static List<String> acrValues(String text) {
    return text.length() > LONGEST_ACR_VALUES
        ? List.of()
        : Arrays.stream(text.split(" ")).filter(Predicate.not(String::isEmpty)).toList();
  }

  private static Optional<Duration> maxAge(String text) {
    return text.matches("\\d{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  /**
   * The address at which this login starts.
   *
   * @param loginUrl where any starts, possibly with a query
   */
  String url(String loginUrl) {
    Parameters query =
        Parameters.empty()
            .with(PROVIDER, Optional.ofNullable(provider))
            .with(ACR_VALUES, acrValues())
            .with(MAX_AGE, maxAge());
    String separator = loginUrl.indexOf('?') < 0 ? "?" : "&";
    return query.isEmpty() ? loginUrl : loginUrl + separator + query.encode();
  }

  /** As a parameter; empty if any will do. */
  Optional<String> acrValues() {
    return authentication.acrValues().isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" ", authentication.acrValues()));
  }

  /** In seconds; empty if any will do. */
  Optional<String> maxAge() {
    return authentication.maxAge().map(age -> Long.toString(age.toSeconds()));
  }
}
