package org.vestibule.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls, and the access token that the authorization server issued for them.
 *
 * <p>Inject it wherever a request is being served: {@code @Inject Caller caller;}. It always speaks
 * of the request that the current thread serves. Asking about somebody who is not signed in is no
 * error, except for a token: every method below says what it answers then.
 *
 * <p>Thread-safe. Outside a request, and in threads that a servlet started by itself, there is no
 * caller and CDI throws {@code ContextNotActiveException}; read what you need before you start one,
 * and take {@link #accessTokenSource()} along for the token.
 */
public interface Caller {

  /** Whether somebody is signed in. */
  boolean isAuthenticated();

  /**
   * The name to show, as the setting {@code name-claim} chose it; also {@code
   * request.getUserPrincipal().getName()}. Empty for nobody.
   *
   * <p>A name can change and can be given to somebody else; to recognise a person keep {@code iss}
   * and {@code sub} of {@link #claims()} (OpenID Connect Core section 5.7).
   */
  String name();

  /** The id of the provider that signed the caller in, as configured; empty for nobody. */
  String provider();

  /** The roles, as {@code roles-claim} and {@code roles-map} gave them; unmodifiable. */
  Set<String> roles();

  /** The scope that the access token was granted (RFC 6749 section 3.3); unmodifiable. */
  Set<String> scope();

  /**
   * What the provider said about the caller: the claims of the ID token and of UserInfo.
   * Unmodifiable; values are {@code String}, {@code Boolean}, {@code Long}, {@code BigDecimal},
   * {@code List} and {@code Map}. Empty for nobody.
   */
  Map<String, Object> claims();

  /**
   * The access token, to be sent in an {@code Authorization} header and nowhere else. It is
   * refreshed first when it is due; parallel requests of one session share one refresh. This call
   * may therefore wait for the authorization server, at most for the configured time-outs.
   *
   * @throws AccessTokenUnavailableException nobody is signed in, or the token has expired and could
   *     not be refreshed; the message says which
   */
  String accessToken();

  /**
   * The access token for work that goes on after or beside this request, such as a job or a
   * WebSocket, for as long as the caller's session lasts.
   *
   * @throws AccessTokenUnavailableException nobody is signed in, or, where several nodes serve the
   *     application, what they have in common does not answer
   */
  AccessTokenSource accessTokenSource();

  /**
   * When the access token expires. Empty when the provider did not say, and for nobody.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.1">RFC 6749 section 5.1</a>
   */
  Optional<Instant> accessTokenExpiresAt();

  /**
   * Refreshes the access token now, due or not (RFC 6749 section 6).
   *
   * @throws AccessTokenUnavailableException nobody is signed in, the provider gave no refresh
   *     token, or it refused or could not be reached
   */
  void refresh();

  /**
   * The secret that a state-changing request of this session must repeat, such as the field {@code
   * csrf_token} of the logout form; empty for nobody.
   */
  String csrfToken();

  /**
   * The origin that a browser is redirected to when the caller signs out, such as {@code
   * https://login.corp.example}: the directive {@code form-action} of a page with a sign-out form
   * has to allow it. Empty if the provider has no such endpoint or does not answer, and for nobody.
   * The first call may wait for the provider's metadata.
   *
   * @see <a href="https://openid.net/specs/openid-connect-rpinitiated-1_0.html">RP-Initiated
   *     Logout</a>
   */
  Optional<String> logoutOrigin();
}
