package org.vestibule.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Sha256;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.SharedState;
import org.vestibule.shared.SharedStateException;

/**
 * Keeps the sessions that providers ended the same on all nodes, so that a request asks its own
 * node's memory alone. Each node writes what it hears into two shared maps, of everything and of
 * the last minutes, and then changes a mark. {@link #catchUp}, which has to be called every {@link
 * #INTERVAL}, reads the mark, and the last minutes if it has changed; both maps, when it was not
 * able to for a while, and from time to time, since a cluster that fell apart and came together
 * again keeps one mark of two. What came through the front channel, which anybody can call, is only
 * told for the last minutes and only so often; the rest of it counts on the node that heard it.
 *
 * <p>Thread-safe.
 */
public final class EndedEverywhere {

  /** How often {@link #catchUp} is to be called. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  /** By then every node that reaches the engine has caught up. */
  private static final Duration KNOWN_TO_ALL = INTERVAL.multipliedBy(3);

  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final Duration BETWEEN_READINGS_OF_ALL = Duration.ofMinutes(5);

  /** The server's own connections to an engine that is back may be of no use for a moment. */
  private static final Duration RECOVERY = Duration.ofSeconds(5);

  private static final String MARK = "mark";
  private static final int MOST_UNTOLD = 10_000;
  private static final int MOST_OF_FRONT = 2_000;

  private record Untold(Channel channel, String text) {}

  /** Who said so. */
  public enum Channel {
    /** The provider itself, in a logout token. */
    BACK,
    /** Somebody who knew the {@code sid}. */
    FRONT
  }

  private final Clock clock;
  private final RandomValues random;
  private final SharedMap all;
  private final SharedMap recent;
  private final boolean alone;
  private final Map<Channel, EndedSessions> sessions = new EnumMap<>(Channel.class);

  /** What the other nodes do not know yet. */
  private final Queue<Untold> untold = new ConcurrentLinkedQueue<>();

  /** Whether others have yet to look for what they were told. */
  private final AtomicBoolean markDue = new AtomicBoolean();

  private final Object asking = new Object();

  /** When the engine was asked the last time, as {@link System#nanoTime} has it. */
  private long askedAt = System.nanoTime();

  private final Object counting = new Object();
  private Instant frontSince = Instant.MIN;
  private int frontCount;

  private @Nullable String lastMark;
  private Instant allReadAt = Instant.MIN;

  /** When the engine did not answer the last time. */
  private volatile Instant awayAt = Instant.EPOCH;

  /**
   * @param lifetime of a session at the most, as it is set at the start: for so long a node that
   *     starts hears what was ended before
   */
  public EndedEverywhere(Clock clock, RandomValues random, SharedState shared, Duration lifetime) {
    this.clock = clock;
    this.random = random;
    this.alone = shared.isAlone();
    this.all = shared.map("ended", lifetime);
    this.recent = shared.map("ended-recently", RECENT);
    for (Channel channel : Channel.values()) {
      sessions.put(channel, new EndedSessions(end -> remember(channel, end)));
    }
  }

  /** What is ended, here and on other nodes, as far as it is known here. */
  public EndedSessions sessions(Channel channel) {
    return Objects.requireNonNull(sessions.get(channel));
  }

  /** Whether there are no others to wait for. */
  public boolean isAlone() {
    return alone;
  }

  /**
   * Whether the engine does not answer, so that what it has cannot be told from what is not there.
   * Asks it, for all who want to know at the same time once: whoever makes up session ids is not to
   * have it asked as often.
   */
  public boolean isAway() {
    if (alone || wasAway()) {
      return !alone;
    }
    long wantedAt = System.nanoTime();
    synchronized (asking) {
      if (askedAt - wantedAt < 0 && !wasAway()) {
        askedAt = System.nanoTime();
        ask();
      }
      return wasAway();
    }
  }

  /** Whether the engine has not answered lately, as far as is known; without asking it. */
  public boolean isRecovering() {
    return !alone && wasAway();
  }

  private boolean wasAway() {
    return clock.instant().isBefore(awayAt.plus(RECOVERY));
  }

  private void ask() {
    try {
      String unused = recent.get(MARK);
    } catch (SharedStateException e) {
      awayAt = clock.instant();
    }
  }

  private void remember(Channel channel, EndedAtProvider end) {
    if (!alone && untold.size() < MOST_UNTOLD && (channel == Channel.BACK || isAffordable())) {
      untold.add(new Untold(channel, heading(channel) + end.written()));
    }
  }

  /** Anybody can call the front channel, with ids that are made up. */
  private boolean isAffordable() {
    Instant now = clock.instant();
    // Not the lock of catchUp, which is held for as long as the engine takes.
    synchronized (counting) {
      if (now.isAfter(frontSince.plus(RECENT))) {
        frontSince = now;
        frontCount = 0;
      }
      frontCount++;
      return frontCount <= MOST_OF_FRONT && untold.size() < MOST_UNTOLD / 2;
    }
  }

  /**
   * Tells the other nodes what was ended here.
   *
   * @throws SharedStateException if the engine does not answer; {@link #catchUp} tries again
   */
  public void tell() {
    for (Untold next = untold.peek(); next != null; next = untold.peek()) {
      String key = Sha256.base64url(next.text());
      if (next.channel() == Channel.BACK) {
        all.put(key, next.text());
      }
      recent.put(key, next.text());
      markDue.set(true);
      untold.remove(next);
    }
    // Taken first: what another thread tells meanwhile is due again.
    if (markDue.getAndSet(false)) {
      try {
        recent.put(MARK, random.next().value());
      } catch (SharedStateException e) {
        markDue.set(true);
        throw e;
      }
    }
  }

  /**
   * Waits until the other nodes have heard what they were told, so that whoever is answered then
   * can rely on it: asking each of them would take as long.
   */
  public void awaitOthers() {
    if (alone) {
      return;
    }
    try {
      Thread.sleep(KNOWN_TO_ALL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Hears what other nodes have told since the last time, and tells them what could not be told.
   *
   * @throws SharedStateException if the engine does not answer; the next time makes up for it
   */
  public synchronized void catchUp() {
    Instant now = clock.instant();
    try {
      tell();
      String mark = recent.get(MARK);
      if (!now.isBefore(allReadAt.plus(BETWEEN_READINGS_OF_ALL))) {
        hear(all.all());
        hear(recent.all());
        allReadAt = now;
      } else if (mark != null && !mark.equals(lastMark)) {
        hear(recent.all());
      }
      lastMark = mark;
    } catch (SharedStateException e) {
      awayAt = clock.instant();
      allReadAt = Instant.MIN;
      throw e;
    }
  }

  private void hear(Map<String, String> told) {
    told.values().forEach(this::hear);
  }

  private void hear(String text) {
    for (Channel channel : Channel.values()) {
      String heading = heading(channel);
      if (text.startsWith(heading)) {
        EndedAtProvider.read(text.substring(heading.length())).ifPresent(sessions(channel)::hear);
      }
    }
  }

  private static String heading(Channel channel) {
    return channel + "\n";
  }
}
