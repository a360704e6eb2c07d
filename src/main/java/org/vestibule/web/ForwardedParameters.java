package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.Parameters;
import org.vestibule.provider.Provider;

/**
 * Parameters of the authorization request that a link sets, as far as the settings let it ({@code
 * forward-parameters}): in the address of the login, or of the page that the login leads to.
 */
final class ForwardedParameters {

  private static final int LONGEST = 256;
  private static final String LOGIN_HINT = "login_hint";
  private static final String PROMPT = "prompt";

  private ForwardedParameters() {}

  /**
   * @param returnTo within this application
   * @param loginHint what is known of who is going to sign in; goes before what a link says
   */
  static Parameters of(
      Provider provider, HttpServletRequest request, String returnTo, Optional<String> loginHint) {
    Parameters hint = Parameters.empty().with(LOGIN_HINT, loginHint);
    Set<String> names = provider.settings().request().forwardParameters();
    if (names.isEmpty()) {
      return hint;
    }
    Parameters said = of(names, request, returnTo);
    return hint.with(loginHint.isPresent() ? said.without(LOGIN_HINT) : said);
  }

  /** Those of some names; what is there twice is not there. */
  static Parameters of(Set<String> names, HttpServletRequest request, String returnTo) {
    Parameters own = parse(request.getQueryString());
    Parameters ofPage = parse(query(returnTo));
    Parameters found = Parameters.empty();
    for (String name : names) {
      Parameters said = own.contains(name) ? own : ofPage;
      if (said.firstRepeated(Set.of(name)).isEmpty()) {
        found = found.with(name, said.get(name).filter(value -> isAcceptable(name, value)));
      }
    }
    return found;
  }

  /**
   * A provider that may show nothing answers with an error most of the time, which is for {@link
   * SilentRenewal} to understand.
   */
  private static boolean isAcceptable(String name, String value) {
    return value.length() <= LONGEST
        && value.chars().noneMatch(Character::isISOControl)
        && !(name.equals(PROMPT) && value.contains("none"));
  }

  private static @Nullable String query(String address) {
    int mark = address.indexOf('?');
    int end = address.indexOf('#');
    return mark < 0 || (end >= 0 && end < mark)
        ? null
        : address.substring(mark + 1, end < 0 ? address.length() : end);
  }

  private static Parameters parse(@Nullable String query) {
    try {
      return query == null ? Parameters.empty() : Parameters.parse(query);
    } catch (IllegalArgumentException e) {
      return Parameters.empty();
    }
  }
}
