package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Refusal;
import org.vestibule.provider.Provider;

/**
 * Starts a login that somebody else asks for, such as a portal of the provider (OpenID Connect Core
 * section 4). The provider has to be one that is configured, and nothing is asked of another; the
 * user ends within this application. Whoever is signed in stays so until the login is complete.
 */
public final class InitiateServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_HINT = 256;
  private static final Set<String> KNOWN = Set.of("iss", "login_hint", "target_link_uri");

  /** For the container. */
  public InitiateServlet() {
    super("GET", "POST");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (Challenge.of(request) == Challenge.SILENT) {
      throw new LoginException(Refusal.NOT_SIGNED_IN, "nobody looks at this request");
    }
    Parameters parameters = parameters(request);
    Provider provider =
        parameters
            .get("iss")
            .flatMap(house::provider)
            .orElseThrow(() -> new LoginException(Refusal.PROVIDER_UNKNOWN));
    String returnTo = target(house, request, parameters.get("target_link_uri"));
    Optional<String> hint =
        parameters.get("login_hint").filter(text -> text.length() <= LONGEST_HINT);
    try {
      house
          .loginStart()
          .redirect(request, response, WantedLogin.by(provider.settings().id()), returnTo, hint);
    } catch (LoginException e) {
      house.failurePage().write(request, response, e, returnTo);
    }
  }

  /** The query of a GET or the form of a POST, each name once. */
  private static Parameters parameters(HttpServletRequest request) throws IOException {
    try {
      String query = request.getQueryString();
      Parameters parameters =
          request.getMethod().equals("POST")
              ? FormBody.read(request)
              : Parameters.parse(query == null ? "" : query);
      return parameters.firstRepeated(KNOWN).isEmpty() ? parameters : Parameters.empty();
    } catch (IllegalArgumentException e) {
      throw new LoginException(Refusal.PROVIDER_UNKNOWN, String.valueOf(e.getMessage()));
    }
  }

  /** "RPs MUST verify the value of the target_link_uri": it is ours, or the root is. */
  private static String target(
      Vestibule house, HttpServletRequest request, Optional<String> wanted) {
    String application = house.address().absolute(request, "/").toString();
    String root = house.returnAddress().root();
    return wanted
        .map(uri -> uri.startsWith(application) ? root + uri.substring(application.length()) : uri)
        .map(house.returnAddress()::accepted)
        .orElse(root);
  }
}
