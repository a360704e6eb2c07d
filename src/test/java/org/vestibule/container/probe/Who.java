package org.vestibule.container.probe;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.Caller;

/** Says who a request is from, in lines of {@code name=value}. */
final class Who {

  private Who() {}

  /** As the Servlet API has it. */
  static String asks(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    return identity(
        principal,
        request.isUserInRole("admin"),
        request.isUserInRole("pope"),
        request.getAuthType());
  }

  static String identity(
      @Nullable Principal principal, boolean admin, boolean pope, @Nullable String authType) {
    return "principal="
        + (principal == null ? "" : principal.getName())
        + "\nadmin="
        + admin
        + "\npope="
        + pope
        + "\nauthType="
        + (authType == null ? "" : authType)
        + "\n";
  }

  /** As the injected caller has it. */
  static String is(Caller caller) {
    return "caller.authenticated="
        + caller.isAuthenticated()
        + "\ncaller.name="
        + caller.name()
        + "\ncaller.provider="
        + caller.provider()
        + "\ncaller.roles="
        + String.join(",", new TreeSet<>(caller.roles()))
        + "\ncaller.scope="
        + String.join(",", new TreeSet<>(caller.scope()))
        + "\ncaller.iss="
        + caller.claims().getOrDefault("iss", "")
        + "\ncaller.sub="
        + caller.claims().getOrDefault("sub", "")
        + "\ncaller.expires="
        + caller.accessTokenExpiresAt().isPresent()
        + "\n";
  }
}
