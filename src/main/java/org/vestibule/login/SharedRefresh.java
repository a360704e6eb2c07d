package org.vestibule.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Sha256;
import org.vestibule.protocol.SignedIn;
import org.vestibule.session.SessionCodec;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.SharedStateException;

/**
 * Lets one node of a cluster refresh, and gives the others what it brought. Whoever puts its claim
 * into the shared map first asks the provider; the others wait for the result, and those that come
 * later with the old tokens find it there. A claim of a node that died meanwhile is taken over when
 * its lease is over.
 *
 * <p>If the map cannot be reached nothing is refreshed, as after an outage of the provider: the
 * tokens may be those that another node has used up already.
 *
 * <p>Thread-safe.
 */
final class SharedRefresh {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  /** Sessions can be replicated that much later than they were changed. */
  private static final Duration LEAST_GRACE = Duration.ofMinutes(2);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 25;

  /** What an entry says: its first character. */
  private enum State {
    CLAIMED("c"),
    DONE("d"),
    REFUSED("r"),
    TROUBLE("t");

    final String letter;

    State(String letter) {
      this.letter = letter;
    }
  }

  /** An entry, and until when it counts. */
  private record Entry(State state, Instant until, String content) {

    /** {@code <state><epoch milliseconds>:<content>}. */
    String written() {
      return state.letter + until.toEpochMilli() + ":" + content;
    }

    /** Empty for what none of us has written. */
    static Optional<Entry> read(String text) {
      String[] parts = text.split(":", 2);
      for (State state : State.values()) {
        if (parts.length == 2 && parts[0].startsWith(state.letter)) {
          try {
            Instant until = Instant.ofEpochMilli(Long.parseLong(parts[0].substring(1)));
            return Optional.of(new Entry(state, until, parts[1]));
          } catch (NumberFormatException e) {
            return Optional.empty();
          }
        }
      }
      return Optional.empty();
    }
  }

  private final Clock clock;
  private final SharedMap map;

  SharedRefresh(Clock clock, SharedMap map) {
    this.clock = clock;
    this.map = map;
  }

  /**
   * Refreshes, unless another node does or did.
   *
   * @param old who is signed in, with the tokens as they are
   * @param lease no refresh takes longer
   * @param grace how long the result is kept for others
   * @param backOff how long nobody tries again after the provider was in trouble
   * @throws LoginException what the request throws, here or on the other node; {@code SHARED_STATE}
   */
  SignedIn once(
      SignedIn old,
      SessionCodec codec,
      Duration lease,
      Duration grace,
      Duration backOff,
      Supplier<SignedIn> request) {
    String key = key(old);
    try {
      Entry there = claim(key, lease);
      if (there != null) {
        return ofAnother(there, codec);
      }
    } catch (SharedStateException e) {
      throw unreachable(e);
    }
    return ours(key, codec, grace, backOff, request);
  }

  /** What another node has brought; null if it is our turn. */
  private @Nullable Entry claim(String key, Duration lease) {
    long begun = System.nanoTime();
    while (true) {
      String claim = new Entry(State.CLAIMED, clock.instant().plus(lease), "").written();
      String there = map.putIfAbsent(key, claim);
      if (there == null) {
        return null;
      }
      Optional<Entry> entry = Entry.read(there);
      boolean isOver = entry.isEmpty() || !clock.instant().isBefore(entry.get().until());
      if (isOver) {
        if (map.replace(key, there, claim)) {
          return null;
        }
      } else if (entry.get().state() != State.CLAIMED) {
        return entry.get();
      } else if (System.nanoTime() - begun > LONGEST_WAIT.toNanos()) {
        throw new LoginException(ProviderTrouble.TIMEOUT, "another node refreshes");
      }
      pause();
    }
  }

  private static SignedIn ofAnother(Entry entry, SessionCodec codec) {
    return switch (entry.state()) {
      case DONE ->
          decoded(entry.content())
              .flatMap(codec::decode)
              .orElseThrow(
                  () ->
                      new LoginException(
                          ProviderTrouble.SHARED_STATE,
                          "a result is damaged, or the nodes have different encryption keys"));
      case REFUSED ->
          throw new LoginException(ProviderTrouble.REFRESH_REFUSED, "told to another node");
      case TROUBLE, CLAIMED ->
          throw new LoginException(ProviderTrouble.UNREACHABLE, "told by another node");
    };
  }

  private static Optional<byte[]> decoded(String content) {
    try {
      return Optional.of(Base64.getDecoder().decode(content));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private SignedIn ours(
      String key,
      SessionCodec codec,
      Duration grace,
      Duration backOff,
      Supplier<SignedIn> request) {
    Duration kept = Collections.max(List.of(grace, LEAST_GRACE));
    try {
      SignedIn renewed = request.get();
      String content = Base64.getEncoder().encodeToString(codec.encode(renewed));
      tell(key, new Entry(State.DONE, clock.instant().plus(kept), content));
      return renewed;
    } catch (LoginException e) {
      boolean forGood = TokenRefresh.isForGood(e);
      tell(
          key,
          new Entry(
              forGood ? State.REFUSED : State.TROUBLE,
              clock.instant().plus(forGood ? kept : backOff),
              ""));
      throw e;
    } catch (RuntimeException | Error e) {
      withdraw(key);
      throw e;
    }
  }

  private void withdraw(String key) {
    try {
      map.remove(key);
    } catch (SharedStateException e) {
      LOG.log(Level.WARNING, unreachable(e)::getMessage);
    }
  }

  /** What the provider said counts, whether or not others hear of it. */
  private void tell(String key, Entry entry) {
    try {
      map.put(key, entry.written());
    } catch (SharedStateException e) {
      LOG.log(Level.WARNING, unreachable(e)::getMessage);
    }
  }

  private static LoginException unreachable(SharedStateException e) {
    return new LoginException(ProviderTrouble.SHARED_STATE, String.valueOf(e.getMessage()), e);
  }

  /** Both tokens: where the refresh token stays, the next refresh is another one. */
  private static String key(SignedIn old) {
    Secret refreshToken = old.tokens().refreshToken();
    return Sha256.base64url(
        (refreshToken == null ? "" : refreshToken.value())
            + "\n"
            + old.tokens().accessToken().value());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoginException(ProviderTrouble.UNREACHABLE, "interrupted", e);
    }
  }
}
