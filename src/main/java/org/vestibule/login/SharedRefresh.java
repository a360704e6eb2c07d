package org.vestibule.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
 * tokens may be those that another node has used up already. Whoever was refreshing when it went
 * away has tokens that nobody else can have: the session may be where the map is, and lose them.
 * The node keeps them and tells the others as soon as the map is back, before anybody refreshes
 * again.
 *
 * <p>Thread-safe.
 */
final class SharedRefresh {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  /**
   * For so long others are given a result. Sessions can be replicated later than they were changed,
   * and a server whose store of sessions did not answer does not try again.
   */
  private static final Duration GRACE = Duration.ofMinutes(10);

  /** For so long a result is kept that nobody could be told. */
  private static final Duration LONGEST_OUTAGE = Duration.ofHours(12);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** Of refreshes after each other, each of the tokens that the one before has brought. */
  private static final int LONGEST_CHAIN = 100;

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

  /** A result that the map could not be told. */
  private record Untold(String content, Instant forgetAt) {}

  private final Clock clock;
  private final SharedMap map;
  private final BooleanSupplier isRecovering;

  /** By key; as many as were refreshing when the map went away. */
  private final ConcurrentMap<String, Untold> untold = new ConcurrentHashMap<>();

  /**
   * @param isRecovering whether the map was away a moment ago, so that other nodes may have
   *     something to tell yet
   */
  SharedRefresh(Clock clock, SharedMap map, BooleanSupplier isRecovering) {
    this.clock = clock;
    this.map = map;
    this.isRecovering = isRecovering;
  }

  /**
   * Refreshes, unless another node does or did.
   *
   * @param old who is signed in, with the tokens as they are
   * @param lease no refresh takes longer
   * @param backOff how long nobody tries again after the provider was in trouble
   * @param request asks the provider, for new tokens in place of these
   * @throws LoginException what the request throws, here or on the other node; {@code SHARED_STATE}
   */
  SignedIn once(
      SignedIn old,
      SessionCodec codec,
      Duration lease,
      Duration backOff,
      UnaryOperator<SignedIn> request) {
    SignedIn held = old;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      String key = key(held);
      SignedIn brought = ofOthers(key, codec, lease);
      if (brought == null) {
        SignedIn ours = held;
        return ours(key, codec, backOff, () -> request.apply(ours));
      }
      // What was brought a while ago may have expired, and been refreshed in its turn.
      String next = key(brought);
      boolean isOver = brought.tokens().isExpired(clock.instant());
      if (!isOver && (next.equals(key) || !isBrought(next))) {
        return brought;
      }
      if (next.equals(key)) {
        // Some providers give out the same tokens again; there is nothing to use up.
        untold.remove(key);
        withdraw(key);
      }
      held = brought;
    }
    throw new LoginException(ProviderTrouble.TIMEOUT, "tokens are refreshed and expire too often");
  }

  /** Whether somebody has refreshed these as well. */
  private boolean isBrought(String key) {
    try {
      return untold.containsKey(key)
          || Optional.ofNullable(map.get(key))
              .flatMap(Entry::read)
              .filter(entry -> entry.state() == State.DONE)
              .filter(entry -> clock.instant().isBefore(entry.until()))
              .isPresent();
    } catch (SharedStateException e) {
      return false;
    }
  }

  /** What an earlier refresh has brought; null if it is our turn. */
  private @Nullable SignedIn ofOthers(String key, SessionCodec codec, Duration lease) {
    Untold held = untold.get(key);
    if (held != null) {
      return read(held.content(), codec);
    }
    if (isRecovering.getAsBoolean()) {
      throw new LoginException(ProviderTrouble.SHARED_STATE, "nodes tell what they know");
    }
    try {
      Entry there = claim(key, lease);
      return there == null ? null : ofAnother(there, codec);
    } catch (SharedStateException e) {
      throw unreachable(e);
    }
  }

  /**
   * Tells what could not be told before.
   *
   * @throws SharedStateException if the map does still not answer
   */
  void catchUp() {
    untold.forEach(
        (key, held) -> {
          if (clock.instant().isBefore(held.forgetAt())) {
            map.put(key, done(held.content()).written());
          }
          untold.remove(key, held);
        });
  }

  private Entry done(String content) {
    return new Entry(State.DONE, clock.instant().plus(GRACE), content);
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
      case DONE -> read(entry.content(), codec);
      case REFUSED ->
          throw new LoginException(ProviderTrouble.REFRESH_REFUSED, "told to another node");
      case TROUBLE, CLAIMED ->
          throw new LoginException(ProviderTrouble.UNREACHABLE, "told by another node");
    };
  }

  private static SignedIn read(String content, SessionCodec codec) {
    return decoded(content)
        .flatMap(codec::decode)
        .orElseThrow(
            () ->
                new LoginException(
                    ProviderTrouble.SHARED_STATE,
                    "a result is damaged, or the nodes have different encryption keys"));
  }

  private static Optional<byte[]> decoded(String content) {
    try {
      return Optional.of(Base64.getDecoder().decode(content));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private SignedIn ours(
      String key, SessionCodec codec, Duration backOff, Supplier<SignedIn> request) {
    try {
      SignedIn renewed = request.get();
      String content = Base64.getEncoder().encodeToString(codec.encode(renewed));
      if (!isTold(key, done(content))) {
        untold.put(key, new Untold(content, clock.instant().plus(LONGEST_OUTAGE)));
      }
      return renewed;
    } catch (LoginException e) {
      boolean forGood = TokenRefresh.isForGood(e);
      Entry failed =
          new Entry(
              forGood ? State.REFUSED : State.TROUBLE,
              clock.instant().plus(forGood ? GRACE : backOff),
              "");
      // Where it is not, others will ask for themselves.
      boolean unused = isTold(key, failed);
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
  private boolean isTold(String key, Entry entry) {
    try {
      map.put(key, entry.written());
      return true;
    } catch (SharedStateException e) {
      LOG.log(Level.WARNING, unreachable(e)::getMessage);
      return false;
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
