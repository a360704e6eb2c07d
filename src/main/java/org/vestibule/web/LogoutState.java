package org.vestibule.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Violation;
import org.vestibule.session.Seal;

/**
 * The {@code state} of a logout at the provider (OpenID Connect RP-Initiated Logout section 2), in
 * a sealed cookie while the browser is away. The session is over by then, so there is nowhere else
 * to keep it, and nothing depends on it but what is known of the provider's answer.
 */
final class LogoutState {

  private static final String NAME = "logout";

  private final RandomValues random;
  private final Seal seal;
  private final Cookies cookies;
  private final PublicAddress address;
  private final Duration timeout;

  LogoutState(
      RandomValues random, Seal seal, Cookies cookies, PublicAddress address, Duration timeout) {
    this.random = random;
    this.seal = seal;
    this.cookies = cookies;
    this.address = address;
    this.timeout = timeout;
  }

  /** One for a browser that is about to leave. */
  Secret begin(HttpServletRequest request, HttpServletResponse response) {
    Secret state = random.next();
    boolean secure = address.isSecure(request);
    String name = cookies.name(NAME, secure);
    cookies.set(response, name, seal.sealText(state.value(), name), timeout, secure, false);
    return state;
  }

  /**
   * Compares what a browser brings back with what it left with, and uses that up.
   *
   * @return whether it brought something back; false if it did not leave either
   * @throws LoginException they differ: it did not come back from the logout that it left for
   */
  boolean end(HttpServletRequest request, HttpServletResponse response) {
    boolean secure = address.isSecure(request);
    String name = cookies.name(NAME, secure);
    Optional<String> expected = expected(request, name);
    Optional<String> actual = Optional.ofNullable(request.getParameter("state"));
    if (!expected.map(Secret::of).equals(actual.filter(text -> !text.isEmpty()).map(Secret::of))) {
      throw new LoginException(Violation.LOGOUT_STATE);
    }
    if (expected.isPresent()) {
      cookies.remove(response, name, secure, false);
    }
    return expected.isPresent();
  }

  private Optional<String> expected(HttpServletRequest request, String name) {
    List<Cookie> found = cookies.named(request, name);
    return found.size() == 1 ? seal.openText(found.get(0).getValue(), name) : Optional.empty();
  }
}
