package org.vestibule.web;

import jakarta.enterprise.event.Event;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.SignedIn;
import org.vestibule.session.Replacement;

/**
 * The tokens of the session that a request comes with, and of the same session where it is lent to
 * work outside of requests: what one of them refreshes is the other's.
 */
final class RequestKeeper implements AccessTokens.Keeper {

  private final Sessions sessions;
  private final Lending lending;
  private final HttpServletRequest request;
  private final @Nullable Event<LoggedOut> loggedOut;

  RequestKeeper(Vestibule house, HttpServletRequest request, @Nullable Event<LoggedOut> loggedOut) {
    this.sessions = house.sessions();
    this.lending = house.lending();
    this.request = request;
    this.loggedOut = loggedOut;
  }

  /**
   * Lends the session.
   *
   * @return the name that it is lent under
   * @throws LoginException {@code SHARED_STATE}
   */
  String lend(SignedIn signedIn) {
    try {
      String key = lending.lend(session(), signedIn);
      SignedIn now = sessions.signedIn(request);
      if (now == null) {
        Optional<SignedIn> unused = lending.end(key);
        throw AccessTokens.nobody();
      }
      return now.tokens().equals(signedIn.tokens()) ? key : lending.lend(session(), now);
    } catch (IllegalStateException ended) {
      throw AccessTokens.nobody();
    }
  }

  /** What was refreshed outside of requests comes into the session here. */
  @Override
  public SignedIn newest(SignedIn signedIn) {
    try {
      SignedIn newer = lending.newer(session(), signedIn).orElse(null);
      if (newer == null) {
        return signedIn;
      }
      if (sessions.replace(request, signedIn, newer) == Replacement.ENDED) {
        throw AccessTokens.nobody();
      }
      return newer;
    } catch (IllegalStateException ended) {
      throw AccessTokens.nobody();
    }
  }

  /** Of several that share a refresh one is done. */
  @Override
  public Replacement replace(SignedIn old, SignedIn renewed) {
    Replacement here = sessions.replace(request, old, renewed);
    if (here == Replacement.ENDED) {
      return here;
    }
    try {
      Replacement lent = lending.renew(session(), renewed);
      return lent == Replacement.ENDED ? here : lent;
    } catch (IllegalStateException ended) {
      return Replacement.ENDED;
    }
  }

  /** Of several requests that hear the same refusal one ends the session and says so. */
  @Override
  public void end(SignedIn signedIn) {
    if (sessions.end(request, signedIn)) {
      Events.fire(
          loggedOut,
          new LoggedOut(
              signedIn.identity().provider(),
              signedIn.identity().name(),
              LoggedOut.Reason.REFRESH_REFUSED));
    }
  }

  /** As it ended meanwhile if there is none. */
  private HttpSession session() {
    HttpSession session = request.getSession(false);
    if (session == null) {
      throw new IllegalStateException("ended");
    }
    return session;
  }
}
