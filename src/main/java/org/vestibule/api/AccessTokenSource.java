package org.vestibule.api;

/**
 * The access token of somebody who is signed in, for work that goes on after or beside their
 * requests: a job that was started for them, a WebSocket that stays open for hours, server-sent
 * events, a timer. {@link Caller#accessTokenSource()} gives it out while a request is served; it
 * can be asked in any thread afterwards.
 *
 * <p>It keeps no token. Each time it is asked it looks whose session it is now: what a request or
 * another node refreshed is given out here, and what is refreshed here is in the session that the
 * next request uses. Once the session has ended, in whichever way, it gives out nothing. Asking is
 * no use of the session, whose idle time goes on: a job is not the user. For work that is to go on
 * when the user has left it is the wrong thing; that is done in the name of the application.
 *
 * <p>Thread-safe, and of this application and this run: it can be kept in a field or in the
 * properties of a WebSocket, and not be serialized. One that nobody asks does nothing.
 */
public interface AccessTokenSource {

  /**
   * The access token, to be sent in an {@code Authorization} header and nowhere else; to be asked
   * for whenever one is sent, not to be kept. It is refreshed first when it is due, together with
   * whoever else asks at that time. This call may therefore wait for the authorization server, at
   * most for the configured time-outs.
   *
   * @throws AccessTokenUnavailableException the session has ended ({@linkplain
   *     AccessTokenUnavailableException#isLoginRequired() a login is required}: it is of no use to
   *     ask again), or the token has expired and could not be refreshed; the message says which
   */
  String accessToken();
}
