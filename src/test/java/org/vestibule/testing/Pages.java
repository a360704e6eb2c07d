package org.vestibule.testing;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pages of the server, as plain as they can be. */
final class Pages {

  private Pages() {}

  /** The form to sign in and to grant or deny. */
  static Answer login(String action, FormData authorizationRequest, @Nullable String problem) {
    String body =
        """
        %s
        <form method="post" action="%s">
        <input type="hidden" name="authorization_request" value="%s">
        <p><label>User name <input name="username" autocomplete="username"></label></p>
        <p><label>Password <input type="password" name="password"></label></p>
        <p>%s asks for: %s</p>
        <button name="decision" value="grant">Grant</button>
        <button name="decision" value="deny">Deny</button>
        </form>
        """
            .formatted(
                problem == null ? "" : "<p role=\"alert\">" + escaped(problem) + "</p>",
                escaped(action),
                escaped(authorizationRequest.encoded()),
                escaped(authorizationRequest.get("client_id")),
                escaped(authorizationRequest.get("scope")));
    return page(200, "Sign in", body);
  }

  /** OAuth 2.0 Form Post Response Mode section 2. */
  static Answer formPost(String action, FormData parameters) {
    String fields =
        parameters.fields().stream()
            .map(
                field ->
                    "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n"
                        .formatted(escaped(field.name()), escaped(field.value())))
            .collect(Collectors.joining());
    String body =
        """
        <form method="post" action="%s">
        %s<noscript><button>Continue</button></noscript>
        </form>
        <script>document.forms[0].submit()</script>
        """
            .formatted(escaped(action), fields);
    return page(200, "Continue", body);
  }

  static Answer problem(String text) {
    return page(400, "Something is wrong", "<p>" + escaped(text) + "</p>\n");
  }

  static Answer signedOut() {
    return page(200, "Signed out", "<p>You are signed out.</p>\n");
  }

  private static Answer page(int status, String title, String body) {
    return Answer.html(
            status,
            """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>%s</title></head>
            <body>
            <h1>%s</h1>
            %s</body>
            </html>
            """
                .formatted(title, title, body))
        .withHeader("Cache-Control", "no-store");
  }

  private static String escaped(@Nullable String text) {
    return text == null
        ? ""
        : text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
  }
}
