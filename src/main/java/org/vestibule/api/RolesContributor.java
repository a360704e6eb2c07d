package org.vestibule.api;

import java.util.Set;

/**
 * Roles that the provider does not know, from the application's own database for instance. Every
 * CDI bean of this type is asked once at each login, before the session is established; what it
 * says lasts as long as the session. It adds roles and cannot take any away.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class RolesOfTheShop implements RolesContributor {
 *   public Set<String> rolesOf(LoggedIn user) {
 *     return customers.isVip(user.claims().get("sub")) ? Set.of("vip") : Set.of();
 *   }
 * }
 * }</pre>
 *
 * <p>An implementation is called by several threads at once if it is shared. If it throws, nobody
 * is signed in: a user without their rights is worse than one who has to try again.
 */
@FunctionalInterface
public interface RolesContributor {

  /**
   * @param user who is about to be signed in
   * @return the names of further roles; empty for none
   */
  Set<String> rolesOf(LoggedIn user);
}
