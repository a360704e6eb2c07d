package org.vestibule.session;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The session-scoped bean that holds who is signed in and their tokens.
 *
 * <p>What it holds is one immutable value, kept as an attribute of the session that this bean lives
 * in, and not as a field: servers notice a set attribute, while a bean whose field was changed is
 * not replicated by some of them in their default settings, and a stored copy of it would have the
 * tokens twice. Thread-safe.
 */
@SessionScoped
public class UserSession implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The name of the attribute. */
  public static final String ATTRIBUTE = "org.vestibule.session";

  /** CDI's proxy, which can be serialized and finds the session of the moment. */
  @SuppressWarnings("serial")
  @Inject
  @Nullable HttpSession session;

  /** Who is signed in; empty for nobody. */
  public Optional<StoredSession> get() {
    return session == null ? Optional.empty() : in(session);
  }

  /** Who is signed in in a session, without asking CDI for it: the filter sits on every request. */
  public static Optional<StoredSession> in(HttpSession session) {
    return session.getAttribute(ATTRIBUTE) instanceof StoredSession stored
        ? Optional.of(stored)
        : Optional.empty();
  }

  /** Remembers who is signed in, in place of whoever was. */
  public static void put(HttpSession session, StoredSession stored) {
    session.setAttribute(ATTRIBUTE, stored);
  }
}
