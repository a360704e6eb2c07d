package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.LoggedOut;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.openid.VerifiedLogoutToken;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.Provider;
import org.vestibule.session.EndedEverywhere;
import org.vestibule.session.EndedEverywhere.Channel;
import org.vestibule.session.EndedSessions;
import org.vestibule.session.LentSessions;
import org.vestibule.session.Replacement;
import org.vestibule.session.SessionCodec;
import org.vestibule.session.StoredSession;
import org.vestibule.session.UserSession;
import org.vestibule.shared.SharedStateException;

/**
 * Reads and changes who is signed in. A session is only made when somebody has signed in: requests
 * of strangers leave nothing behind. Thread-safe.
 */
final class Sessions {

  /** What a script is told of a session that is over, whichever way it ended. */
  static final String EXPIRED = "session_expired";

  /** Somebody whose session was over when it was next used. */
  record Over(Identity identity, LoggedOut.Reason reason) {}

  private static final String CONCEALED = "org.vestibule.concealed";

  private final Clock clock;
  private final SessionCodec codec;
  private final ApplicationSettings.Session settings;
  private final long maximumMillis;
  private final Map<String, Provider> providers;
  private final boolean several;
  private final EndedEverywhere ended;
  private final EndedSessions backChannel;
  private final EndedSessions frontChannel;
  private final TwinCookies twins;
  private final Lending lending;

  Sessions(
      Clock clock,
      SessionCodec codec,
      ApplicationSettings.Session settings,
      Map<String, Provider> providers,
      EndedEverywhere ended,
      TwinCookies twins,
      Lending lending) {
    this.clock = clock;
    this.codec = codec;
    this.settings = settings;
    this.maximumMillis = settings.maximum().toMillis();
    this.providers = Map.copyOf(providers);
    this.several = providers.size() > 1;
    this.ended = ended;
    this.backChannel = ended.sessions(Channel.BACK);
    this.frontChannel = ended.sessions(Channel.FRONT);
    this.twins = twins;
    this.lending = lending;
  }

  /**
   * Lets nobody be signed in for the rest of a request: its page is for the users of another
   * provider.
   */
  void conceal(HttpServletRequest request) {
    request.setAttribute(CONCEALED, true);
  }

  /** Writes sessions for wherever they are stored. */
  SessionCodec codec() {
    return codec;
  }

  /** Who sends the request, or null for nobody; this is asked on every request. */
  @Nullable SignedIn signedIn(HttpServletRequest request) {
    if (several && request.getAttribute(CONCEALED) != null) {
      return null;
    }
    StoredSession stored = stored(request);
    SignedIn signedIn = stored == null ? null : stored.open(codec).orElse(null);
    return signedIn != null && isGoingOn(signedIn) && !twins.makeDoubtful(signedIn, request)
        ? signedIn
        : null;
  }

  /** Whether a session that nobody has ended here is not over for another reason. */
  boolean isGoingOn(SignedIn signedIn) {
    return isKnown(signedIn) && over(signedIn) == null;
  }

  /**
   * Whether somebody is signed in who need not be the owner of the browser, as it sends two session
   * cookies.
   */
  boolean isDoubtful(HttpServletRequest request) {
    StoredSession stored = stored(request);
    SignedIn signedIn = stored == null ? null : stored.open(codec).orElse(null);
    return signedIn != null && twins.makeDoubtful(signedIn, request);
  }

  /**
   * Ends the session that a request comes with if it is over: too old, or ended by the provider.
   * Whatever the application kept in it goes with it.
   *
   * @return whose it was, for one of several requests that come with it; null for the others, and
   *     for a session that is not over
   */
  @Nullable Over endIfOver(HttpServletRequest request) {
    StoredSession stored = stored(request);
    SignedIn signedIn = stored == null ? null : stored.open(codec).orElse(null);
    LoggedOut.Reason reason = signedIn == null ? null : over(signedIn);
    if (stored == null || signedIn == null || reason == null) {
      return null;
    }
    synchronized (stored) {
      if (stored != stored(request)) {
        return null;
      }
      end(request);
    }
    return new Over(signedIn.identity(), reason);
  }

  /** Whether the browser still has the id of a session that is over: it was somebody's, once. */
  boolean isFormer(HttpServletRequest request) {
    return request.getRequestedSessionId() != null && request.getSession(false) == null;
  }

  /**
   * Whether nobody can say who sends a request that nobody seems to send: the browser has the id of
   * a session, and the engine in which the nodes of a cluster keep them does not answer, or did not
   * a moment ago. That there is a session says nothing: Liberty has one still whose attributes it
   * cannot read, and it may have become readable since it was first looked at.
   */
  boolean isUnreadable(HttpServletRequest request) {
    return request.getRequestedSessionId() != null && ended.isAway();
  }

  /**
   * Ends the sessions that a provider means: that of a {@code sid}, or all of a user.
   *
   * @throws LoginException {@code SHARED_STATE}: other nodes do not know it yet
   */
  void end(VerifiedLogoutToken token) {
    Instant oldest = clock.instant().minus(settings.maximum());
    Optional<String> subject = token.subject();
    token
        .sessionId()
        .ifPresentOrElse(
            sid -> backChannel.endSession(token.issuer(), sid, subject, token.moment(), oldest),
            () ->
                backChannel.endAllOf(
                    token.issuer(), subject.orElseThrow(), token.moment(), oldest));
    tellOthers();
  }

  /** Whose session it is, or was before it was over; null if nobody knows. */
  @Nullable Identity lastKnown(HttpServletRequest request) {
    StoredSession stored = stored(request);
    return stored == null ? null : stored.open(codec).map(SignedIn::identity).orElse(null);
  }

  /**
   * What a session has of us; one that another request just ended has nothing. An id that stands in
   * the address can have come from anybody; Payara takes it although it is told to take cookies.
   */
  private static @Nullable StoredSession stored(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    try {
      return session == null || request.isRequestedSessionIdFromURL()
          ? null
          : UserSession.in(session).orElse(null);
    } catch (IllegalStateException ended) {
      return null;
    }
  }

  /**
   * Signs somebody in, under a new session id (a known one may have been planted). A session of
   * somebody else is ended first, with all that the application kept in it, even if it was over for
   * us and for its owner.
   *
   * @throws LoginException {@code USER_TOO_LARGE}
   */
  void establish(HttpServletRequest request, SignedIn signedIn) {
    codec.requireRoom(signedIn);
    StoredSession before = stored(request);
    if (before != null && !isOf(signedIn.identity(), before)) {
      end(request);
    }
    HttpSession session = request.getSession(true);
    if (!session.isNew() || session.getId().equals(request.getRequestedSessionId())) {
      request.changeSessionId();
    }
    settings
        .idle()
        .map(Duration::toSeconds)
        .map(Math::toIntExact)
        .ifPresent(session::setMaxInactiveInterval);
    UserSession.put(session, StoredSession.of(signedIn, codec));
    if (before == null) {
      lending.leave(session);
    } else {
      lending.follow(session, signedIn);
    }
  }

  /** Of a session that cannot be read nobody knows whose it is. */
  private boolean isOf(Identity identity, StoredSession stored) {
    return stored.open(codec).map(SignedIn::identity).filter(identity::equals).isPresent();
  }

  /**
   * Puts refreshed tokens in place of the old ones, unless the session was ended or changed
   * meanwhile: a logout is never undone, nor is a later refresh.
   *
   * @return {@code DONE} for one of several requests that share a refresh
   */
  Replacement replace(HttpServletRequest request, SignedIn old, SignedIn renewed) {
    HttpSession session = request.getSession(false);
    StoredSession stored = stored(request);
    SignedIn current = signedIn(request);
    if (session == null || stored == null || current == null) {
      return Replacement.ENDED;
    }
    if (!current.csrfToken().equals(old.csrfToken())
        || !(current.tokens().areThoseOf(old.tokens()) || LentSessions.isNewer(renewed, current))) {
      return Replacement.BY_ANOTHER;
    }
    synchronized (stored) {
      StoredSession now = stored(request);
      if (now == null) {
        return Replacement.ENDED;
      }
      return now == stored ? put(session, renewed) : Replacement.BY_ANOTHER;
    }
  }

  private Replacement put(HttpSession session, SignedIn signedIn) {
    try {
      UserSession.put(session, StoredSession.of(signedIn, codec));
      return Replacement.DONE;
    } catch (IllegalStateException ended) {
      return Replacement.ENDED;
    }
  }

  /**
   * Ends the session, whoever it belongs to.
   *
   * @return its newest tokens, if work outside of requests may have refreshed them
   */
  Optional<SignedIn> end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    try {
      Optional<SignedIn> newest =
          lending.end(
              session, UserSession.in(session).flatMap(stored -> stored.open(codec)).orElse(null));
      session.invalidate();
      return newest;
    } catch (IllegalStateException alreadyEnded) {
      return Optional.empty();
    }
  }

  /**
   * Ends the session that somebody was signed in to, whose tokens are of no more use.
   *
   * @return false if another request ended it, somebody signed in anew or it has other tokens now
   */
  boolean end(HttpServletRequest request, SignedIn signedIn) {
    StoredSession stored = stored(request);
    if (stored == null) {
      return false;
    }
    synchronized (stored) {
      SignedIn current = signedIn(request);
      if (current == null
          || !current.csrfToken().equals(signedIn.csrfToken())
          || !current.tokens().areThoseOf(signedIn.tokens())) {
        return false;
      }
      end(request);
      return true;
    }
  }

  /** When the user has to sign in again at the latest. */
  Instant expiry(SignedIn signedIn) {
    return signedIn.since().plus(settings.maximum());
  }

  /**
   * Ends the session at a provider that somebody says to be over who knows its {@code sid}.
   *
   * @throws LoginException {@code SHARED_STATE}: other nodes do not know it yet
   */
  void end(String issuer, String sessionId) {
    Instant now = clock.instant();
    frontChannel.endSession(
        issuer, sessionId, Optional.empty(), now, now.minus(settings.maximum()));
    tellOthers();
  }

  private void tellOthers() {
    try {
      ended.tell();
    } catch (SharedStateException e) {
      throw new LoginException(ProviderTrouble.SHARED_STATE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Why a session is over; null if it is not. */
  private LoggedOut.@Nullable Reason over(SignedIn signedIn) {
    if (clock.millis() - signedIn.since().toEpochMilli() >= maximumMillis) {
      return LoggedOut.Reason.EXPIRED;
    }
    Identity identity = signedIn.identity();
    Authentication authentication = signedIn.authentication();
    String sid = authentication == null ? null : authentication.sessionId();
    if (backChannel.contains(identity.issuer(), sid, identity.subject(), signedIn.since())) {
      return LoggedOut.Reason.BACK_CHANNEL;
    }
    return frontChannel.contains(identity.issuer(), sid, identity.subject(), signedIn.since())
        ? LoggedOut.Reason.FRONT_CHANNEL
        : null;
  }

  /** Signed in by a provider that is still configured with the same issuer. */
  private boolean isKnown(SignedIn signedIn) {
    Identity identity = signedIn.identity();
    Provider provider = providers.get(identity.provider());
    return provider != null && provider.settings().endpoints().issuers().knows(identity.issuer());
  }
}
