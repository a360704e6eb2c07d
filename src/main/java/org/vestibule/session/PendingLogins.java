package org.vestibule.session;

import java.util.Optional;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.Sha256;
import org.vestibule.protocol.authorization.PendingAuthorization;

/**
 * Pending logins as cookies: each in one of its own, sealed, found by its {@code state}. Nothing of
 * them stays on the server, and any node with the same key can finish a login. Thread-safe.
 */
public final class PendingLogins {

  /** The length of an {@link #id}. */
  public static final int ID_CHARACTERS = 22;

  private final Seal seal;
  private final String context;
  private final SpentStates spent;

  /**
   * @param context what tells this application from others that have the same key, such as its
   *     context path
   * @param spent what was used up already
   */
  public PendingLogins(Seal seal, String context, SpentStates spent) {
    this.seal = seal;
    this.context = context;
    this.spent = spent;
  }

  /**
   * What identifies a pending login in the name of its cookie: 128 bits of a hash of its {@code
   * state}, from which nobody gets back to it.
   */
  public static String id(Secret state) {
    return Sha256.base64url(state.value()).substring(0, ID_CHARACTERS);
  }

  /** The value of the cookie. */
  public String seal(PendingAuthorization pending) {
    return seal.sealText(pending.encode(), aad(id(pending.state())));
  }

  /** What a cookie's value holds; empty if it is not ours or was written for another id. */
  public Optional<PendingAuthorization> open(String id, String value) {
    try {
      return seal.openText(value, aad(id)).map(PendingAuthorization::decode);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Uses a pending login up; false if it was before. */
  public boolean take(String id) {
    return spent.spend(id);
  }

  private String aad(String id) {
    return context + "\n" + id;
  }
}
