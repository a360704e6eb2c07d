package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.AccessRule;
import org.vestibule.provider.Provider;

/**
 * Judges whether somebody who is signed in may see what a rule guards. What signing in again can
 * change is challenged; what it cannot is refused: the role first, so that nobody is sent to the
 * provider for a page that they cannot see. Thread-safe.
 */
final class Gate {

  private final Clock clock;
  private final Map<String, Provider> providers;
  private final FailurePage failurePage;

  Gate(Clock clock, Map<String, Provider> providers, FailurePage failurePage) {
    this.clock = clock;
    this.providers = Map.copyOf(providers);
    this.failurePage = failurePage;
  }

  /** Why a caller is refused; null if they are not. */
  @Nullable Refusal refusal(AccessRule rule, SignedIn signedIn) {
    if (isByAnother(rule, signedIn)) {
      return null;
    }
    if (!hasRole(rule.roles(), signedIn)) {
      return Refusal.ROLE_MISSING;
    }
    return signedIn.tokens().scope().tokens().containsAll(rule.scope().tokens())
        ? null
        : Refusal.SCOPE_INSUFFICIENT;
  }

  /** The login that a caller is to go through for a rule; null for none. */
  @Nullable WantedLogin missing(AccessRule rule, SignedIn signedIn) {
    if (isByAnother(rule, signedIn)) {
      return WantedLogin.of(rule);
    }
    return isMet(rule.authentication(), signedIn)
        ? null
        : new WantedLogin(signedIn.identity().provider(), rule.authentication());
  }

  /** Whether somebody was authenticated well and lately enough. */
  boolean isMet(AuthenticationRequirement requirement, SignedIn signedIn) {
    Provider provider = providers.get(signedIn.identity().provider());
    return requirement.isEmpty()
        || (provider != null
            && requirement.isMetBy(
                signedIn.authentication(),
                clock.instant(),
                provider.settings().checks().clockSkew()));
  }

  /** Says no: with a page to people, and to scripts in the words of RFC 6750 section 3. */
  void refuse(
      Refusal refusal,
      AccessRule rule,
      SignedIn signedIn,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Scope missing = rule.scope().without(signedIn.tokens().scope());
    boolean isScope = refusal == Refusal.SCOPE_INSUFFICIENT;
    response.setHeader(
        "WWW-Authenticate",
        isScope
            ? "Login error=\"insufficient_scope\", scope=\"" + rule.scope() + "\""
            : "Login error=\"insufficient_role\"");
    failurePage.write(
        request,
        response,
        new LoginException(
            refusal, "pattern " + rule.pattern() + (isScope ? ", missing scope " + missing : "")));
  }

  /** Whether a rule is for the users of another provider. */
  static boolean isByAnother(AccessRule rule, SignedIn signedIn) {
    Optional<String> provider = rule.provider();
    return provider.isPresent() && !provider.get().equals(signedIn.identity().provider());
  }

  private static boolean hasRole(Set<String> roles, SignedIn signedIn) {
    if (roles.isEmpty()) {
      return true;
    }
    for (String role : signedIn.identity().roles()) {
      if (roles.contains(role)) {
        return true;
      }
    }
    return false;
  }
}
