package org.vestibule.web;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.SignedIn;
import org.vestibule.session.LentSessions;
import org.vestibule.session.Replacement;
import org.vestibule.session.SessionCodec;
import org.vestibule.shared.SharedStateException;

/**
 * Which of the container's sessions are lent to work outside of requests. A session that is
 * remembers the name that it is lent under, which stays when its user signs in anew. Thread-safe.
 */
final class Lending {

  private static final Logger LOG = Logger.getLogger("org.vestibule");
  private static final String KEY = "org.vestibule.lent";

  private final LentSessions lent;
  private final SessionCodec codec;

  Lending(LentSessions lent, SessionCodec codec) {
    this.lent = lent;
    this.codec = codec;
  }

  /**
   * Lends a session.
   *
   * @return the name that it is lent under
   * @throws IllegalStateException it has been ended
   * @throws LoginException {@code SHARED_STATE}
   */
  String lend(HttpSession session, SignedIn signedIn) {
    String key = key(session, signedIn);
    try {
      lent.lend(key, signedIn, codec);
    } catch (SharedStateException e) {
      throw unreachable(e);
    }
    if (session.getAttribute(KEY) == null) {
      session.setAttribute(KEY, key);
    }
    return key;
  }

  /** On another node the session may be lent before it says so here. */
  private static String key(HttpSession session, SignedIn signedIn) {
    return session.getAttribute(KEY) instanceof String key ? key : LentSessions.key(signedIn);
  }

  /**
   * Whose session it is now that is lent under a name; empty if it is over.
   *
   * @throws LoginException {@code SHARED_STATE}
   */
  Optional<SignedIn> get(String key) {
    try {
      return lent.get(key, codec);
    } catch (SharedStateException e) {
      throw unreachable(e);
    }
  }

  /**
   * What is newer than the tokens of a session that is lent, refreshed while no request was there
   * to put it into it.
   *
   * @throws LoginException {@code SHARED_STATE}
   */
  Optional<SignedIn> newer(HttpSession session, SignedIn signedIn) {
    return session.getAttribute(KEY) instanceof String key
        ? get(key)
            .filter(known -> known.csrfToken().equals(signedIn.csrfToken()))
            .filter(known -> LentSessions.isNewer(known, signedIn))
        : Optional.empty();
  }

  /** As {@link LentSessions#renew}; what was refreshed counts whether or not others hear of it. */
  Replacement renew(String key, SignedIn renewed) {
    try {
      return lent.renew(key, renewed, codec);
    } catch (SharedStateException e) {
      LOG.log(Level.WARNING, unreachable(e)::getMessage);
      return Replacement.DONE;
    }
  }

  /** Likewise, for a session that need not be lent. */
  Replacement renew(HttpSession session, SignedIn renewed) {
    return renew(key(session, renewed), renewed);
  }

  /** The user of the session has signed in anew. */
  void follow(HttpSession session, SignedIn anew) {
    if (session.getAttribute(KEY) instanceof String key) {
      try {
        lent.follow(key, anew, codec);
      } catch (SharedStateException e) {
        LOG.log(Level.WARNING, unreachable(e)::getMessage);
      }
    }
  }

  /** Somebody signs in to a session of which nobody knows who was signed in to it, or lent it. */
  void leave(HttpSession session) {
    if (session.getAttribute(KEY) != null) {
      session.removeAttribute(KEY);
    }
  }

  /** The tokens of somebody were refused; who has signed in anew meanwhile has others. */
  void end(String key, SignedIn refused) {
    try {
      if (lent.get(key, codec)
          .filter(known -> known.csrfToken().equals(refused.csrfToken()))
          .isPresent()) {
        Optional<SignedIn> unused = lent.end(key, codec);
      }
    } catch (SharedStateException e) {
      LOG.log(Level.WARNING, unreachable(e)::getMessage);
    }
  }

  /**
   * A session ends.
   *
   * @param signedIn whose it is; null if nobody knows
   * @return its newest tokens, if it was lent
   */
  Optional<SignedIn> end(HttpSession session, @Nullable SignedIn signedIn) {
    if (signedIn != null) {
      return end(key(session, signedIn));
    }
    return session.getAttribute(KEY) instanceof String key ? end(key) : Optional.empty();
  }

  /** A session ends, and with it what was lent. */
  Optional<SignedIn> end(String key) {
    try {
      return lent.end(key, codec);
    } catch (SharedStateException e) {
      LOG.log(Level.WARNING, unreachable(e)::getMessage);
      return Optional.empty();
    }
  }

  /** The container ends a session, for instance since nobody has used it. */
  void ended(HttpSession session) {
    Optional<SignedIn> unused = end(session, null);
  }

  private static LoginException unreachable(SharedStateException e) {
    return new LoginException(ProviderTrouble.SHARED_STATE, String.valueOf(e.getMessage()), e);
  }
}
