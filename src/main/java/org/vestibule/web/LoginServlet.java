package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Refusal;

/**
 * Starts a login: {@code GET /oauth/login?provider=…&return=/path}, with {@code acr_values} and
 * {@code max_age} for a step-up; {@code POST} with an e-mail address where that decides. Whoever is
 * signed in stays so until the new login is complete. A prefetch or a picture starts none: it would
 * push out the logins that people have begun.
 */
public final class LoginServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public LoginServlet() {
    super("GET");
  }

  @Override
  List<String> methods(Vestibule house) {
    return house.chooser().isAskingForEmail() ? List.of("GET", "POST") : super.methods(house);
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean framed =
        house.configuration().application().manners().partitionedCookies()
            && Challenge.isFrame(request);
    if (Challenge.of(request) == Challenge.SILENT && !framed) {
      throw new LoginException(Refusal.NOT_SIGNED_IN, "nobody looks at this request");
    }
    Parameters query = query(request);
    String returnTo =
        query
            .get("return")
            .map(house.returnAddress()::accepted)
            .orElse(house.returnAddress().root());
    WantedLogin login = house.takenProvider().named(WantedLogin.of(query), request, returnTo);
    try {
      if (request.getMethod().equals("POST")) {
        beginByEmail(house, request, response, login, returnTo);
      } else {
        begin(house, request, response, login, returnTo);
      }
    } catch (LoginException e) {
      house.failurePage().write(request, response, e, returnTo);
    }
  }

  /** A form may have a body too, which containers would mix with the query. */
  private static Parameters query(HttpServletRequest request) {
    try {
      @Nullable String query = request.getQueryString();
      return query == null ? Parameters.empty() : Parameters.parse(query);
    } catch (IllegalArgumentException e) {
      return Parameters.empty();
    }
  }

  private static void begin(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      WantedLogin login,
      String returnTo)
      throws IOException {
    Optional<WantedLogin> silent = house.renewal().of(request, login);
    if (silent.isPresent()) {
      house.renewal().begin(request, response, silent.get(), returnTo);
    } else if (login.provider() == null && house.chooser().isAsking()) {
      house.chooser().write(request, response, login, returnTo);
    } else {
      house.loginStart().redirect(request, response, login, returnTo);
    }
  }

  /**
   * The answer to the page that asks for an e-mail address: its domain decides, and the provider is
   * told the address.
   */
  private static void beginByEmail(
      Vestibule house,
      HttpServletRequest request,
      HttpServletResponse response,
      WantedLogin login,
      String returnTo)
      throws IOException {
    Optional<String> email = email(request);
    Optional<String> provider = email.flatMap(house.chooser()::provider);
    if (provider.isEmpty()) {
      house.chooser().writeUnknown(request, response, login, returnTo);
    } else {
      house.loginStart().redirect(request, response, login.at(provider.get()), returnTo, email);
    }
  }

  private static Optional<String> email(HttpServletRequest request) throws IOException {
    try {
      return FormBody.read(request)
          .get(Chooser.EMAIL)
          .map(String::strip)
          .filter(text -> text.chars().noneMatch(Character::isISOControl));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
