package org.vestibule.testing;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vestibule.testing.LoginSessions.LoginSession;

/** RFC 6749 sections 3.1, 4.1.1 and 4.1.2. */
final class AuthorizationEndpoint implements EndpointHandler {

  private final ServerContext server;
  private final AuthorizationRequestReader reader;
  private final Supplier<Approval> approval;

  AuthorizationEndpoint(ServerContext server, Supplier<Approval> approval) {
    this.server = server;
    this.reader = new AuthorizationRequestReader(server);
    this.approval = approval;
  }

  @Override
  public Answer answer(RecordedRequest request) {
    FormData parameters = request.method().equals("POST") ? request.form() : request.query();
    return reader.read(parameters, authorization -> decide(authorization, request));
  }

  private Answer decide(AuthorizationRequest authorization, RecordedRequest request) {
    Approval policy = approval.get();
    if (policy instanceof Approval.Approving approving) {
      return authorization.granted(approving.user(), server.settings().clock().instant());
    }
    if (policy instanceof Approval.Denying) {
      return authorization.denied();
    }
    LoginSession session = server.sessions().of(request);
    boolean usable = session != null && !authorization.prompts("login");
    if (session != null && usable && !authorization.prompts("consent")) {
      return authorization.granted(session.user(), session.authTime());
    }
    if (authorization.prompts("none")) {
      throw new OAuthProblem(400, "login_required", "nobody is signed in");
    }
    return form(authorization.parameters(), null);
  }

  /** What the form of the login page is posted to. */
  Answer login(RecordedRequest request) {
    FormData form = request.form();
    FormData parameters = FormData.parse(form.get("authorization_request"));
    return reader.read(parameters, authorization -> decided(authorization, form));
  }

  private Answer decided(AuthorizationRequest authorization, FormData form) {
    if (!"grant".equals(form.get("decision"))) {
      return authorization.denied();
    }
    User user = signedIn(form.get("username"), form.get("password"));
    if (user == null) {
      return form(authorization.parameters(), "Wrong user name or password.");
    }
    Instant now = server.settings().clock().instant();
    return authorization
        .granted(user, now)
        .withHeader("Set-Cookie", server.sessions().begin(new LoginSession(user, now)));
  }

  private @Nullable User signedIn(@Nullable String name, @Nullable String password) {
    Settings settings = server.settings();
    if (name == null || password == null) {
      return null;
    }
    boolean known = settings.accounts().isEmpty() || password.equals(settings.accounts().get(name));
    return known ? settings.users().getOrDefault(name, User.named(name)) : null;
  }

  private Answer form(FormData parameters, @Nullable String problem) {
    return Pages.login(server.address().url(Endpoint.LOGIN), parameters, problem);
  }
}
