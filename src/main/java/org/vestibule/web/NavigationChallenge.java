package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;

/**
 * How a person is asked to sign in: what they sent is kept if it is a form; whose session has ended
 * is renewed silently, or told so, if that is wanted; everybody else is on their way to the
 * provider.
 */
final class NavigationChallenge {

  private NavigationChallenge() {}

  /**
   * Answers a navigation that needs a login.
   *
   * @param wanted which login it is to be
   * @param owner of the session that has ended; null if there was none, or it is not known
   * @param returnTo within this application
   */
  static void answer(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      WantedLogin wanted,
      @Nullable Identity owner,
      String returnTo)
      throws IOException {
    try {
      if (house
          .preservation()
          .answer(request, response, owner, wanted.url(house.loginInNewTabUrl()))) {
        return;
      }
      Optional<WantedLogin> silent = house.renewal().of(request, wanted);
      if (silent.isEmpty() && house.expiredSession().isToBeTold(request)) {
        house.expiredSession().write(request, response, wanted, returnTo);
      } else if (house.keptFragment().isWanted(request)) {
        house.keptFragment().write(request, response, wanted, returnTo);
      } else if (silent.isPresent()) {
        house.renewal().begin(request, response, silent.get(), returnTo);
      } else {
        house.loginStart().redirect(request, response, wanted, returnTo);
      }
    } catch (LoginException e) {
      house.failurePage().write(request, response, e, returnTo);
    }
  }
}
