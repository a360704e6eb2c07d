package org.vestibule.web;

import jakarta.enterprise.event.Event;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.AccessTokenSource;
import org.vestibule.api.TokensRefreshed;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.SignedIn;
import org.vestibule.session.Replacement;

/**
 * The access token of a session that was lent. It holds the name of the loan and no token, asks
 * {@link org.vestibule.session.LentSessions} each time, and never touches the container's session:
 * that has no thread, may be on another node, and would take it for the user's own doing.
 */
final class LentAccess implements AccessTokenSource {

  private final CurrentVestibule current;
  private final String key;
  private final @Nullable ClassLoader application;
  private final @Nullable Event<TokensRefreshed> tokensRefreshed;

  /**
   * @param application sees what the application brought along, in threads that do not
   */
  LentAccess(
      CurrentVestibule current,
      String key,
      @Nullable ClassLoader application,
      @Nullable Event<TokensRefreshed> tokensRefreshed) {
    this.current = current;
    this.key = key;
    this.application = application;
    this.tokensRefreshed = tokensRefreshed;
  }

  @Override
  public String accessToken() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(application);
    try {
      Vestibule house = current.get();
      return new AccessTokens(house, new Loan(house), tokensRefreshed).of(owner(house));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private SignedIn owner(Vestibule house) {
    try {
      return house
          .lending()
          .get(key)
          .filter(house.sessions()::isGoingOn)
          .orElseThrow(AccessTokens::nobody);
    } catch (LoginException e) {
      throw AccessTokens.unavailable(e, false);
    }
  }

  /** What this thread can reach of the session. */
  private final class Loan implements AccessTokens.Keeper {

    private final Vestibule house;

    Loan(Vestibule house) {
      this.house = house;
    }

    /** They were just looked up. */
    @Override
    public SignedIn newest(SignedIn signedIn) {
      return signedIn;
    }

    @Override
    public Replacement replace(SignedIn old, SignedIn renewed) {
      return house.sessions().isGoingOn(renewed)
          ? house.lending().renew(key, renewed)
          : Replacement.ENDED;
    }

    /** The next request that asks hears the same and ends the session. */
    @Override
    public void end(SignedIn signedIn) {
      house.lending().end(key, signedIn);
    }
  }

  @Override
  public String toString() {
    return "AccessTokenSource";
  }
}
