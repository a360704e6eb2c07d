package org.vestibule.session;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vestibule.session.EndedAtProvider.Kind;

/**
 * Sessions that the provider ended, each with the moment of it: nobody can reach into the browsers
 * and the container's sessions that they live in, so each is asked for when it is next used. An
 * entry stays as long as a session can that began before it; whoever signs in later is not affected
 * by it.
 *
 * <p>Thread-safe. While there is none, asking costs the read of a field. No more than the newest
 * {@value #CAPACITY} of all issuers are kept, as anybody may name one: what is forgotten is the end
 * of a session that was not used since.
 */
public final class EndedSessions {

  static final int CAPACITY = 100_000;

  /** A {@code sid} or {@code sub}, and whose it is. */
  private record Key(String issuer, String id) {}

  /** Where an entry is, to be forgotten. */
  private record Entry(ConcurrentMap<Key, Instant> place, Key key, Instant moment) {}

  private final ConcurrentMap<Key, Instant> bySession = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, Instant> bySubject = new ConcurrentHashMap<>();

  /** Of the sessions that do not know their own {@code sid}. */
  private final ConcurrentMap<Key, Instant> bySubjectAlone = new ConcurrentHashMap<>();

  private final Deque<Entry> inOrder = new ArrayDeque<>();
  private final Consumer<EndedAtProvider> others;
  private volatile boolean any;

  /** Of one node. */
  public EndedSessions() {
    this(nobody -> {});
  }

  /**
   * @param others is told what is ended here
   */
  EndedSessions(Consumer<EndedAtProvider> others) {
    this.others = others;
  }

  /**
   * Whether a session was ended since it began.
   *
   * @param sessionId {@code sid} of its ID token, if it had one
   * @param since when it began
   */
  public boolean contains(
      String issuer, @Nullable String sessionId, String subject, Instant since) {
    if (!any) {
      return false;
    }
    Key user = new Key(issuer, subject);
    Instant ended =
        sessionId == null ? bySubjectAlone.get(user) : bySession.get(new Key(issuer, sessionId));
    return isCovered(since, ended) || isCovered(since, bySubject.get(user));
  }

  private static boolean isCovered(Instant since, @Nullable Instant ended) {
    return ended != null && !since.isAfter(ended);
  }

  /**
   * Ends one session at the provider.
   *
   * @param sessionId its {@code sid}
   * @param subject whose it is, if that is known: those sessions of theirs that do not know their
   *     own {@code sid} may be the one
   * @param moment when it ended; sessions that begin later go on
   * @param forgetBefore no session that is as old can be in use any more
   */
  public void endSession(
      String issuer,
      String sessionId,
      Optional<String> subject,
      Instant moment,
      Instant forgetBefore) {
    end(new EndedAtProvider(Kind.SESSION, issuer, sessionId, moment), forgetBefore);
    subject.ifPresent(
        known -> end(new EndedAtProvider(Kind.SUBJECT_ALONE, issuer, known, moment), forgetBefore));
  }

  /**
   * Ends all sessions of a user at the provider.
   *
   * @param forgetBefore no session that is as old can be in use any more
   */
  public void endAllOf(String issuer, String subject, Instant moment, Instant forgetBefore) {
    end(new EndedAtProvider(Kind.SUBJECT, issuer, subject, moment), forgetBefore);
  }

  private void end(EndedAtProvider ended, Instant forgetBefore) {
    remember(ended, forgetBefore);
    others.accept(ended);
  }

  /**
   * Takes what another node says, as often as it says it. What is old stays until something is
   * ended here: only then is it known how long a session can last by now.
   */
  void hear(EndedAtProvider ended) {
    remember(ended, Instant.MIN);
  }

  private synchronized void remember(EndedAtProvider ended, Instant forgetBefore) {
    ConcurrentMap<Key, Instant> place = place(ended.kind());
    Key key = new Key(ended.issuer(), ended.id());
    Instant known = place.get(key);
    if (known == null || known.isBefore(ended.moment())) {
      place.put(key, ended.moment());
      inOrder.addLast(new Entry(place, key, ended.moment()));
    }
    forgetOld(forgetBefore);
  }

  private ConcurrentMap<Key, Instant> place(Kind kind) {
    return switch (kind) {
      case SESSION -> bySession;
      case SUBJECT -> bySubject;
      case SUBJECT_ALONE -> bySubjectAlone;
    };
  }

  /** In the order in which they came, which is nearly that in which they grow old. */
  private void forgetOld(Instant forgetBefore) {
    Entry eldest = inOrder.peekFirst();
    while (eldest != null
        && (inOrder.size() > CAPACITY || !eldest.moment().isAfter(forgetBefore))) {
      eldest.place().remove(eldest.key(), eldest.moment());
      inOrder.removeFirst();
      eldest = inOrder.peekFirst();
    }
    any = eldest != null;
  }

  synchronized int size() {
    return inOrder.size();
  }

  int mapped() {
    return bySession.size() + bySubject.size() + bySubjectAlone.size();
  }
}
