package org.vestibule.container.probe.work;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.vestibule.api.AccessTokenSource;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.container.probe.TokenServlet;

/** What was begun for users, by the names that they gave it. */
@ApplicationScoped
public class Jobs {

  private final Map<String, AccessTokenSource> sources = new ConcurrentHashMap<>();

  void begin(String name, AccessTokenSource source) {
    sources.put(name, source);
  }

  /** What a job says when it needs the token. */
  String ask(String name) {
    return ask(Objects.requireNonNull(sources.get(name)));
  }

  static String ask(AccessTokenSource source) {
    try {
      return "token " + TokenServlet.fingerprint(source.accessToken());
    } catch (AccessTokenUnavailableException e) {
      return "unavailable, login required: " + e.isLoginRequired() + ", " + e.getMessage();
    }
  }
}
