package org.vestibule.session;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.vestibule.protocol.Sha256;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.SharedStateException;

/**
 * The sessions whose access token was lent to work that goes on outside of requests, with their
 * newest tokens. Such work cannot reach the container's session: on another node it may have been
 * changed or ended, and what is set there outside of a request need not be stored. So it asks here,
 * on whichever node it is, and a request finds here what was refreshed meanwhile. What is not here
 * is not lent, or is over.
 *
 * <p>Thread-safe. Every method throws {@code SharedStateException} if the nodes' engine does not
 * answer.
 */
public final class LentSessions {

  /**
   * In the place of tokens, once a session has ended: whoever comes with newer ones, or with the
   * session as another node had it, is too late.
   */
  private static final String OVER = "over";

  private static final int MOST_UNENDED = 10_000;

  private final SharedMap map;

  /** The names of what ended while the engine did not answer. */
  private final Set<String> unended = ConcurrentHashMap.newKeySet();

  /**
   * @param map the same on all nodes; entries have to live as long as a session can
   */
  public LentSessions(SharedMap map) {
    this.map = map;
  }

  /** The name under which a session is lent: the same on all nodes, and of no use elsewhere. */
  public static String key(SignedIn signedIn) {
    return Sha256.base64url("lent\n" + signedIn.csrfToken().value());
  }

  /** Begins to lend, or knows by now that the session has newer tokens. */
  public void lend(String key, SignedIn signedIn, SessionCodec codec) {
    String mine = written(signedIn, codec);
    String there = map.putIfAbsent(key, mine);
    while (there != null && isToBeReplaced(there, signedIn, codec)) {
      if (map.replace(key, there, mine)) {
        return;
      }
      there = map.putIfAbsent(key, mine);
    }
  }

  private static boolean isToBeReplaced(String there, SignedIn signedIn, SessionCodec codec) {
    SignedIn known = read(there, codec).orElse(null);
    return !there.equals(OVER)
        && (known == null || !isSame(known, signedIn) || isNewer(signedIn, known));
  }

  /** Whose session it is now, with the newest tokens; empty if it is over or was never lent. */
  public Optional<SignedIn> get(String key, SessionCodec codec) {
    return Optional.ofNullable(map.get(key))
        .filter(there -> !unended.contains(key))
        .flatMap(there -> read(there, codec));
  }

  /** Puts refreshed tokens in place of older ones. */
  public Replacement renew(String key, SignedIn renewed, SessionCodec codec) {
    while (true) {
      String there = map.get(key);
      SignedIn known = there == null ? null : read(there, codec).orElse(null);
      if (there == null || known == null) {
        return Replacement.ENDED;
      }
      if (!isSame(known, renewed) || !isNewer(renewed, known)) {
        return Replacement.BY_ANOTHER;
      }
      if (map.replace(key, there, written(renewed, codec))) {
        return Replacement.DONE;
      }
    }
  }

  /**
   * The same user has signed in anew: whoever was lent the token goes on with the new ones. An
   * engine with a configuration of its own may count the lifetime of an entry from when there was
   * none.
   */
  public void follow(String key, SignedIn anew, SessionCodec codec) {
    unended.remove(key);
    map.remove(key);
    map.put(key, written(anew, codec));
  }

  /**
   * Lends no more.
   *
   * @return what was there, so that it can be revoked
   */
  public Optional<SignedIn> end(String key, SessionCodec codec) {
    try {
      return over(key).flatMap(tokens -> read(tokens, codec));
    } catch (SharedStateException e) {
      if (unended.size() < MOST_UNENDED) {
        unended.add(key);
      }
      throw e;
    }
  }

  /** Ends what could not be ended before; to be called several times in a second. */
  public void catchUp() {
    unended.removeIf(
        key -> {
          Optional<String> unused = over(key);
          return true;
        });
  }

  private Optional<String> over(String key) {
    String there = map.get(key);
    while (there != null && !map.replace(key, there, OVER)) {
      there = map.get(key);
    }
    return Optional.ofNullable(there);
  }

  /**
   * Whether these are the tokens of a later refresh. What is stored has no fractions of seconds.
   */
  public static boolean isNewer(SignedIn one, SignedIn other) {
    Tokens tokens = one.tokens();
    Tokens others = other.tokens();
    Instant expiry = tokens.expiresAt();
    Instant before = others.expiresAt();
    return !tokens.areThoseOf(others)
        && (expiry == null || before == null || expiry.getEpochSecond() >= before.getEpochSecond());
  }

  private static boolean isSame(SignedIn one, SignedIn other) {
    return one.csrfToken().equals(other.csrfToken());
  }

  private static String written(SignedIn signedIn, SessionCodec codec) {
    return Base64.getEncoder().encodeToString(codec.encode(signedIn));
  }

  private static Optional<SignedIn> read(String text, SessionCodec codec) {
    if (text.equals(OVER)) {
      return Optional.empty();
    }
    try {
      return codec.decode(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
