package org.vestibule.web;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import java.util.HashSet;
import java.util.Set;
import org.vestibule.api.LoggedIn;
import org.vestibule.api.RolesContributor;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;

/** Asks the application which further roles somebody has who is about to be signed in. */
final class ApplicationRoles {

  private ApplicationRoles() {}

  /**
   * @param contributors the application's beans
   * @throws LoginException one of them failed
   */
  static Set<String> of(
      Iterable<? extends Instance.Handle<RolesContributor>> contributors, LoggedIn user) {
    Set<String> roles = new HashSet<>();
    try {
      for (Instance.Handle<RolesContributor> contributor : contributors) {
        roles.addAll(contributor.get().rolesOf(user));
        if (contributor.getBean().getScope() == Dependent.class) {
          // Nobody else would: it would stay as long as the servlet does.
          contributor.destroy();
        }
      }
    } catch (RuntimeException e) {
      throw new LoginException(Refusal.ROLES_UNAVAILABLE, e.getClass().getName(), e);
    }
    return roles;
  }
}
