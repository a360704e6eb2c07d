package org.vestibule.testing;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Users who are signed in at the server's login page. Safe for use by several threads. */
final class LoginSessions {

  /** One user in one browser. */
  record LoginSession(User user, Instant authTime) {}

  private static final String COOKIE = "as_session";

  private final Map<String, LoginSession> sessions = new ConcurrentHashMap<>();

  @Nullable LoginSession of(RecordedRequest request) {
    String id = request.cookie(COOKIE);
    return id == null ? null : sessions.get(id);
  }

  /** Starts a session; the value is for {@code Set-Cookie}. */
  String begin(LoginSession session) {
    String id = GrantStore.randomString();
    sessions.put(id, session);
    return COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Lax";
  }

  /** Ends the browser's session; the value is for {@code Set-Cookie}. */
  String end(RecordedRequest request) {
    String id = request.cookie(COOKIE);
    if (id != null) {
      sessions.remove(id);
    }
    return COOKIE + "=; Path=/; Max-Age=0";
  }
}
